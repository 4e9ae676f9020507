package org.cheesecoin.chain.cheese;

/**
 * A sum of money: 0 to 3,000,000 CHEESE in whole crumbs. One outside that range does not exist, so sums cannot
 * overflow.
 *
 * @param crumbs the sum, 10^8 of them a CHEESE
 */
public record Amount(long crumbs) implements Comparable<Amount> {

    /** Crumbs in one CHEESE. */
    public static final long CRUMBS_PER_CHEESE = 100_000_000;

    /** All the money there can ever be, in crumbs. */
    public static final long MAX_CRUMBS = 3_000_000 * CRUMBS_PER_CHEESE;

    /** Nothing. */
    public static final Amount ZERO = new Amount(0);

    /**
     * Checks TRX-AMOUNT-RANGE.
     *
     * @throws MalformedException if the sum is negative or more than there can be
     */
    public Amount {
        if (crumbs < 0 || crumbs > MAX_CRUMBS) {
            throw new MalformedException(
                    Violation.of(Rule.TRX_AMOUNT_RANGE).with("amountCrumbs", Long.toUnsignedString(crumbs)));
        }
    }

    /** This many whole CHEESE. */
    public static Amount ofCheese(long cheese) {
        return new Amount(Math.multiplyExact(cheese, CRUMBS_PER_CHEESE));
    }

    /**
     * The sum of both.
     *
     * @throws MalformedException TRX-AMOUNT-SUM, if there cannot be that much
     */
    public Amount plus(Amount other) {
        long sum = crumbs + other.crumbs;
        if (sum > MAX_CRUMBS) {
            throw new MalformedException(Violation.of(Rule.TRX_AMOUNT_SUM).with("sumCrumbs", sum));
        }
        return new Amount(sum);
    }

    /**
     * What is left when the other is taken away.
     *
     * @throws MalformedException TRX-AMOUNT-RANGE, if the other is larger
     */
    public Amount minus(Amount other) {
        return new Amount(crumbs - other.crumbs);
    }

    @Override
    public int compareTo(Amount other) {
        return Long.compare(crumbs, other.crumbs);
    }

    @Override
    public String toString() {
        return crumbs + " crumbs";
    }
}
