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

    /** Headers that may come unasked: a new tip, or the few that a reorganisation brings. */
    public static final int MAX_ANNOUNCED_HEADERS = 16;

    /** Cheeses asked for at once. */
    public static final int MAX_GET_CHEESES = 128;

    /** Transactions announced, asked for or sent at once. */
    public static final int MAX_FULL_IDS = 1_000;

    /** Bytes of transactions in one message. */
    public static final int MAX_TRANSACTIONS_BYTES = 1_000_000;

    /** Peer records of one message. */
    public static final int MAX_PEER_RECORDS = 100;

    /** Characters of a rejection's rule id. */
    public static final int MAX_RULE_ID_CHARS = 40;

    /** Characters of a rejection's explanation, so that it fits a frame of the handshake. */
    public static final int MAX_EXPLANATION_CHARS = 400;

    /** Bytes of the coinbase in a compact cheese; a cheese with a longer one travels whole. */
    public static final int MAX_COMPACT_COINBASE_BYTES = 100_000;

    /** Payments of one cheese: no more of the smallest fit beside the smallest coinbase. */
    public static final int MAX_SHORT_IDS = Cheese.MAX_TRANSACTIONS - 1;

    /** Bytes of a short id. */
    public static final int SHORT_ID_BYTES = 6;

    /** Bytes of the payments of one cheese: what its header, its count and the smallest coinbase leave. */
    public static final int MAX_CHEESE_TRANSACTIONS_BYTES = Cheese.MAX_PAYMENTS_BYTES;

    /** Hashes that one message says are not found: as many as can be asked for. */
    public static final int MAX_NOT_FOUND = MAX_FULL_IDS;

    /** Bytes of any frame: a whole cheese and its type. */
    public static final int MAX_FRAME_BYTES = Cheese.MAX_BYTES + 1;

    /** Bytes of any frame before the handshake is complete. */
    public static final int MAX_HANDSHAKE_FRAME_BYTES = 512;

    private WireLimits() {}
}
