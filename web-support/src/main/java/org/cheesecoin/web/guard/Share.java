package org.cheesecoin.web.guard;

/**
 * How much of something scarce there is.
 *
 * @param all for all addresses together
 * @param each for one address
 */
public record Share(long all, long each) {

    /** Checks that one address may have at least one, and no more than there are. */
    public Share {
        if (each < 1 || each > all) {
            throw new IllegalArgumentException("a share of %d for each of %d in all".formatted(each, all));
        }
    }
}
