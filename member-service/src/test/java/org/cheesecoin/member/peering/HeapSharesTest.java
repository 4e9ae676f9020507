package org.cheesecoin.member.peering;

import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.mempool.MempoolLimits;
import org.cheesecoin.chain.node.NodeLimits;
import org.cheesecoin.chain.stack.StackLimits;
import org.cheesecoin.member.settings.MemoryPlan;
import org.cheesecoin.member.settings.MemoryPlan.Share;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class HeapSharesTest {

    private static final long MEBIBYTE = 1 << 20;

    private final MemoryPlan small = new MemoryPlan(MemoryPlan.LAUNCHER_HEAP_BYTES);

    @Test
    void whatANodeHoldsAtMostIsWithinItsShares() {
        NodeLimits node = HeapShares.nodeLimits(small);
        MempoolLimits mempool = HeapShares.mempoolLimits(small);

        assertThat(5 * (node.waitingCheeseBytes() + Cheese.MAX_BYTES)).isLessThanOrEqualTo(small.bytes(Share.CHEESES));
        assertThat(500L * node.headersAhead()).isLessThanOrEqualTo(small.bytes(Share.HEADERS));
        assertThat(node.links() * (19_000L + 8L * node.rememberedPerLink()))
                .isLessThanOrEqualTo(small.bytes(Share.KNOWN));
        assertThat(540L * node.transactionsInFlight() + 110L * node.transactionsWaiting())
                .isLessThanOrEqualTo(small.bytes(Share.ASKED));
        assertThat(5 * node.transactionCheckBytes()).isLessThanOrEqualTo(small.bytes(Share.CHECKS));
        assertThat(node.compactBytes()).isLessThanOrEqualTo(small.bytes(Share.COMPACT));
        assertThat(mempool.memoryBytes()).isLessThanOrEqualTo(small.bytes(Share.MEMPOOL));
        assertThat(5 * mempool.orphanBytes()).isLessThanOrEqualTo(small.bytes(Share.ORPHANS));
        assertThat(200L * mempool.spentRemembered()).isLessThanOrEqualTo(small.bytes(Share.SPENT));
        assertThat(250L * HeapShares.stackLimits(small).maxCachedCoins()).isLessThanOrEqualTo(small.bytes(Share.COINS));
    }

    @Test
    void aSmallHeapIsEnoughToWorkWith() {
        NodeLimits node = HeapShares.nodeLimits(small);
        MempoolLimits mempool = HeapShares.mempoolLimits(small);

        assertThat(node.waitingCheeseBytes()).isGreaterThan(900_000);
        assertThat(node.headersAhead()).isGreaterThan(4_000);
        assertThat(node.rememberedPerLink()).isGreaterThan(2_048);
        // a quarter is for whoever comes first of the peers, and must hold the largest payment
        assertThat(node.transactionCheckBytes() / 4).isGreaterThan(mempool.paymentBytes() + 100);
        assertThat(mempool.orphanBytes()).isGreaterThan(mempool.paymentBytes());
    }

    @Test
    void leavesTheDefaultsToALargeHeap() {
        MemoryPlan large = new MemoryPlan(4_096 * MEBIBYTE);

        assertThat(HeapShares.nodeLimits(large)).isEqualTo(NodeLimits.defaults());
        assertThat(HeapShares.stackLimits(large)).isEqualTo(StackLimits.DEFAULT);
        assertThat(HeapShares.mempoolLimits(large)).isEqualTo(MempoolLimits.DEFAULT);
    }
}
