package org.cheesecoin.member.wallet.web;

/** Values and words that the OpenAPI document repeats. */
final class Examples {

    static final String TXID = "5d1f3c0a8a4be5b0a3a1c2c3f0f7b6e5d4c3b2a190817263544536271809fa0b";
    static final String ADDRESS = "cheese1qqq5zcxa3evmz9cgy8tlddsrucmnx8xhmvkzfe2x";
    static final String PATH = "m/44'/1'/0'/0/7";
    static final String TIME = "1790000000000";

    static final String CURSOR_TEXT = "The nextCursor of the page before";
    static final String LIMIT_TEXT = "At most so many, from 1 to 200";

    static final String FEE_RATE_TEXT = "What the miner gets for each byte, in crumbs; left out: what the next cheese "
            + "takes, never less than the relay fee";

    private Examples() {}
}
