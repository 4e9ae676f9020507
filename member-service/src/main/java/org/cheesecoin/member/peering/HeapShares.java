package org.cheesecoin.member.peering;

import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.mempool.MempoolLimits;
import org.cheesecoin.chain.node.NodeLimits;
import org.cheesecoin.chain.stack.StackLimits;
import org.cheesecoin.member.settings.MemoryPlan;
import org.cheesecoin.member.settings.MemoryPlan.Share;

/** What the shares of {@link MemoryPlan} mean in the limits of a node: bytes of memory as counts and as encodings. */
final class HeapShares {

    /** What a cheese or payment takes in memory for each byte of its encoding: 3.0 to 4.9 measured, its own among it. */
    static final int DECODED_FACTOR = 5;
    /** What a cached coin takes with its key and entry: 246 measured. */
    static final int COIN_BYTES = 250;
    /** What a header takes in the tree: 451 to 498 measured. */
    static final int HEADER_BYTES = 500;
    /** What an output takes that was spent lately, with its spender: 198 measured. */
    static final int SPENT_BYTES = 200;
    /** What a payment takes that was asked for, where all links announced it. */
    static final int IN_FLIGHT_BYTES = 540;
    /** What a payment takes that will be asked for: 110 measured. */
    static final int WAITING_BYTES = 110;
    /** What a fingerprint takes. */
    static final int FINGERPRINT_BYTES = 8;
    /** What each link has beside what it is known to know: fingerprints of cheeses and of what came late. */
    static final int LINK_BYTES = 19_000;

    private HeapShares() {}

    static NodeLimits nodeLimits(MemoryPlan plan) {
        NodeLimits most = NodeLimits.defaults();
        long cheeses = plan.bytes(Share.CHEESES) / DECODED_FACTOR - Cheese.MAX_BYTES;
        long headers = plan.bytes(Share.HEADERS) / HEADER_BYTES;
        long known = (plan.bytes(Share.KNOWN) / most.links() - LINK_BYTES) / FINGERPRINT_BYTES;
        long asked = plan.bytes(Share.ASKED) / 2;
        return most
                .withWaitingCheeseBytes(Math.clamp(cheeses, 1, most.waitingCheeseBytes()))
                .withHeadersAhead(Math.clamp(headers, 1, most.headersAhead()))
                .withRememberedPerLink(Math.clamp(known, 1, most.rememberedPerLink()))
                .withTransactions(
                        Math.clamp(asked / IN_FLIGHT_BYTES, 1, most.transactionsInFlight()),
                        Math.clamp(asked / WAITING_BYTES, 1, most.transactionsWaiting()),
                        Math.min(most.transactionCheckBytes(), plan.bytes(Share.CHECKS) / DECODED_FACTOR))
                .withCompactBytes(Math.min(most.compactBytes(), plan.bytes(Share.COMPACT)));
    }

    static MempoolLimits mempoolLimits(MemoryPlan plan) {
        MempoolLimits most = MempoolLimits.DEFAULT;
        return most
                .withMemoryBytes(Math.min(most.memoryBytes(), plan.bytes(Share.MEMPOOL)))
                .withOrphanBytes(Math.min(most.orphanBytes(), plan.bytes(Share.ORPHANS) / DECODED_FACTOR))
                .withSpentRemembered(Math.clamp(
                        plan.bytes(Share.SPENT) / SPENT_BYTES, 1, most.spentRemembered()));
    }

    static StackLimits stackLimits(MemoryPlan plan) {
        StackLimits most = StackLimits.DEFAULT;
        int coins = Math.clamp(plan.bytes(Share.COINS) / COIN_BYTES, 1, most.maxCachedCoins());
        return new StackLimits(coins, most.maxHeaders(), most.maxCondemned());
    }
}
