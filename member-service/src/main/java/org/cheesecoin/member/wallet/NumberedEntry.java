package org.cheesecoin.member.wallet;

/**
 * An entry with its place in the history.
 *
 * @param entry it
 * @param sequence counts up from 1 as the wallet saw them
 * @param tipHeight up to where the wallet had read the stack
 */
public record NumberedEntry(WalletEntry entry, long sequence, int tipHeight) {

    /** How many cheeses hold it or stand on it; 0 where it is not confirmed. */
    public int confirmations() {
        return entry.height().isPresent() ? Math.max(1, tipHeight - entry.height().getAsInt() + 1) : 0;
    }
}
