package org.cheesecoin.tracker.registry.web;

/** Values for the published document. */
public final class Examples {

    /** A network's id. */
    public static final String NETWORK_ID = "000a4bd0c1e5f1f6a1f9d7f0b4f1c8f54f7f6b8f1d2a7c3e9b5d8e6f7a1c2b3d";
    /** A node's id. */
    public static final String NODE_ID = "0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798";
    /** A member's URL. */
    public static final String GOSSIP_URL = "ws://192.168.1.20:8081/gossip";
    /** A time. */
    public static final String TIME = "1790000000000";
    /** A signature. */
    public static final String SIGNATURE = "3b1c9f2d7e8a4c6b5d0f1e2a3c4b5d6e7f8091a2b3c4d5e6f708192a3b4c5d6e"
            + "1f2e3d4c5b6a79881726354453627180a9b8c7d6e5f40312233445566778899a";

    private Examples() {}
}
