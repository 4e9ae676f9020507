package org.cheesecoin.tracker.registry.web;

/** Values for the published document. Each is one that the code takes; together they are a peer record that holds. */
public final class Examples {

    /** The id of the network "local". */
    public static final String NETWORK_ID = "08fc3642baa1600d293b1dfe964160095e7d6c478430c91b702ba1d4ee432389";

    /** A member's id. */
    public static final String NODE_ID = "023b9a70baf713aa76badcb5e441d55a57822f7efe1464808ac49118dadd7932b7";

    /** Another member's id. */
    public static final String OTHER_NODE_ID = "03e8ac2c381dcce583784f629fde441683ef776e80d5d661ff7d0aa1a41cf1b7f1";

    /** The member's URL. */
    public static final String GOSSIP_URL = "ws://192.168.1.20:8081/gossip";

    /** A time. */
    public static final String TIME = "1790000000000";

    /** The latest time that a signature can be over, 2^53 - 1. */
    public static final String MAX_TIME = "9007199254740991";

    /** The member's signature over its peer record. */
    public static final String SIGNATURE = "f458e5748f10045205455c7a5244afbb036393d052127919cebf8b5ae1492dcc"
            + "6a4c1d00484efc8b80b926eed667b744b70d1e08da7901808c9b23ae36f61bf9";

    private Examples() {}
}
