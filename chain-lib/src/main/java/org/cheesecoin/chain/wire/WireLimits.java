package org.cheesecoin.chain.wire;

import org.cheesecoin.chain.cheese.Cheese;

/** A limit for everything that a stranger can send. */
public final class WireLimits {

    /** The one version there is. */
    public static final int PROTOCOL_VERSION = 1;

    /** Smells of a locator. */
    public static final int MAX_LOCATOR = 64;

    /** Headers of one message. */
    public static final int MAX_HEADERS = 2_000;

    /** Cheeses asked for at once. */
    public static final int MAX_GET_CHEESES = 128;

    /** Transactions announced or asked for at once. */
    public static final int MAX_FULL_IDS = 1_000;

    /** Bytes of transactions in one message. */
    public static final int MAX_TRANSACTIONS_BYTES = 1_000_000;

    /** Peer records of one message. */
    public static final int MAX_PEER_RECORDS = 100;

    /** Characters of a rejection's explanation. */
    public static final int MAX_EXPLANATION_CHARS = 500;

    /** Bytes of any frame: a whole cheese and its type. */
    public static final int MAX_FRAME_BYTES = Cheese.MAX_BYTES + 1;

    /** Bytes of any frame before the handshake is complete. */
    public static final int MAX_HANDSHAKE_FRAME_BYTES = 512;

    private WireLimits() {}
}
