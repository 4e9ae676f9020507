package org.cheesecoin.chain.node;

/**
 * One connection, as the driver numbers them. A number is never used again within a run.
 *
 * @param number from 1 up
 */
public record LinkId(long number) implements Comparable<LinkId> {

    @Override
    public int compareTo(LinkId other) {
        return Long.compare(number, other.number);
    }

    @Override
    public String toString() {
        return "link-" + number;
    }
}
