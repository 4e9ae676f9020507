package org.cheesecoin.chain.wallet;

/** The two lines of addresses of an account (BIP-44). */
public enum Branch {
    /** Addresses that are handed out. */
    RECEIVE(0),
    /** Addresses for change, which nobody else is told. */
    CHANGE(1);

    private final int number;

    Branch(int number) {
        this.number = number;
    }

    /** Its number in the path. */
    public int number() {
        return number;
    }
}
