package org.cheesecoin.chain.mempool;

import org.cheesecoin.chain.cheese.FeeRate;

/**
 * What a member's mempool holds and takes. Local policy: two members may differ and still agree on every cheese.
 *
 * @param relayRate least fee for each byte (POL-FEE-RATE), and what a replacement pays for its own bytes
 * @param memoryBytes most memory for all payments together, with what it takes to find them (POL-MEMPOOL-FULL)
 * @param paymentBytes longest encoding of a payment (POL-SIZE)
 * @param ancestors most unconfirmed payments that one builds on, itself not counted (POL-ANCESTORS)
 * @param descendants most unconfirmed payments that build on one, itself not counted (POL-DESCENDANTS)
 * @param replaced most payments that one replacement evicts (POL-REPLACE-COUNT)
 * @param readmittedAncestors as {@code ancestors}, for payments that come back from a cheese that lost
 * @param orphans most payments that wait for an unknown parent (POL-ORPHANS)
 * @param orphanBytes most bytes of their encodings together; in memory they take about five times as much (POL-ORPHANS)
 * @param orphanMillis how long one waits for its parent
 * @param spentRemembered outputs that cheeses spent last, remembered with their spenders (TRX-INPUT-SPENT)
 * @param paymentMillis how long a payment waits for a cheese
 * @param minimumHalfLifeMillis the minimum rate that eviction raised halves in this time
 */
public record MempoolLimits(
        FeeRate relayRate,
        long memoryBytes,
        int paymentBytes,
        int ancestors,
        int descendants,
        int replaced,
        int readmittedAncestors,
        int orphans,
        long orphanBytes,
        long orphanMillis,
        int spentRemembered,
        long paymentMillis,
        long minimumHalfLifeMillis) {

    /** Those of DESIGN section 3. */
    public static final MempoolLimits DEFAULT = new MempoolLimits(
            FeeRate.ofCrumbsPerByte(1),
            64_000_000,
            100_000,
            25,
            25,
            100,
            500,
            100,
            2_000_000,
            5 * 60_000,
            20_000,
            14 * 86_400_000L,
            // Bitcoin Core's twelve hours are 72 of its cheeses, and so is this of ours.
            72 * 10_000);

    /** The same limits with other room. */
    public MempoolLimits withMemoryBytes(long newMemoryBytes) {
        return with(newMemoryBytes, orphanBytes, spentRemembered);
    }

    /** The same limits with other room for orphans. */
    public MempoolLimits withOrphanBytes(long newOrphanBytes) {
        return with(memoryBytes, newOrphanBytes, spentRemembered);
    }

    /** The same limits with another memory of what was spent. */
    public MempoolLimits withSpentRemembered(int newSpentRemembered) {
        return with(memoryBytes, orphanBytes, newSpentRemembered);
    }

    private MempoolLimits with(long newMemoryBytes, long newOrphanBytes, int newSpentRemembered) {
        return new MempoolLimits(
                relayRate,
                newMemoryBytes,
                paymentBytes,
                ancestors,
                descendants,
                replaced,
                readmittedAncestors,
                orphans,
                newOrphanBytes,
                orphanMillis,
                newSpentRemembered,
                paymentMillis,
                minimumHalfLifeMillis);
    }
}
