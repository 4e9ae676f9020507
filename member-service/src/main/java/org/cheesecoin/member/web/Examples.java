package org.cheesecoin.member.web;

/**
 * Values and words that the published contract repeats. Each value is one that the code takes: a coinbase of the network
 * "local", the payment that spends it, and a draft of that payment.
 */
public final class Examples {

    /** Smell of the Blue Cheese of the network "local", which is its id. */
    public static final String SMELL = "08fc3642baa1600d293b1dfe964160095e7d6c478430c91b702ba1d4ee432389";

    /** Whoever is paid. */
    public static final String ADDRESS = "cheese1qzwtvzgc3l6se9ln6hpfty6hmrj4wljrvs8v46fc";

    /** Whoever pays. */
    public static final String PUBLIC_KEY = "023b9a70baf713aa76badcb5e441d55a57822f7efe1464808ac49118dadd7932b7";

    /** Of whoever pays, over the payment. */
    public static final String SIGNATURE = "0b85d75181f78e683b3d8a36d04b7a2f5fd6a966c2a540d8a342236d8d7dabb63f1934ce7b1e435530afd4a5bf9f9400"
            + "48783b7580df0ba0381e500fa92d0aab";

    /** A coinbase of 1 CHEESE, in full. */
    public static final String COINBASE = "01010000000504616e6e6100010000000005f5e10000e7ee2d524f721a2c787b6066512019224a46c36e";

    /** A payment that spends the coinbase, without its witness. */
    public static final String BODY = "010000015a62295f9514191abe7e65b2e317f608ce64a86f3b53c356ea96767464a4c8ca0000000000020000000002fa"
            + "ef9e00e7ee2d524f721a2c787b6066512019224a46c36e0000000002faf080009cb609188ff50c97f3d5c2959357d8e5"
            + "577e4364";

    /** The same payment, in full. */
    public static final String PAYMENT = BODY + "0001" + PUBLIC_KEY + SIGNATURE;

    /** The name of the payment. */
    public static final String TXID = "8a66134d6f7c9068435bb88aa477bd7e065ce4d519511a4cd410d8116e6c2f4b";

    /** The payment as a draft that is signed. */
    public static final String DRAFT = "{\"networkId\":\"" + SMELL + "\",\"body\":\"" + BODY + "\",\"spent\":[\""
            + COINBASE
            + "\"],\"witnesses\":[{\"publicKey\":\"" + PUBLIC_KEY + "\",\"signature\":\"" + SIGNATURE + "\"}]}";

    /** Where a key stands under the recovery words. */
    public static final String PATH = "m/44'/1'/0'/0/7";

    /** A time. */
    public static final String TIME = "1790000000000";

    /** Most crumbs that there can be. */
    public static final String MAX_CRUMBS = "300000000000000";

    /** Most that a wallet pays for a byte, in crumbs. */
    public static final String MAX_FEE_RATE = "10000";

    /** What a cursor is. */
    public static final String CURSOR_TEXT = "The nextCursor of the page before";

    /** What a fee rate is. */
    public static final String FEE_RATE_TEXT = "What the miner gets for each byte, in crumbs; left out: what the next "
            + "cheese takes, never less than the relay fee";

    private Examples() {}
}
