package org.cheesecoin.member.wallet.web;

/** Values of the OpenAPI document's examples. */
final class Examples {

    static final String TXID = "5d1f3c0a8a4be5b0a3a1c2c3f0f7b6e5d4c3b2a190817263544536271809fa0b";
    static final String ADDRESS = "cheese1qqq5zcxa3evmz9cgy8tlddsrucmnx8xhmvkzfe2x";
    static final String PATH = "m/44'/1'/0'/0/7";
    static final String TIME = "1790000000000";

    private Examples() {}
}
