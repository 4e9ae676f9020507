package org.cheesecoin.member.peering;

import org.cheesecoin.chain.mempool.MempoolLimits;
import org.cheesecoin.chain.node.NodeLimits;
import org.cheesecoin.chain.stack.StackLimits;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class HeapSharesTest {

    private static final long MEBIBYTE = 1 << 20;

    @Test
    void keepsASmallHeapFromFillingWhileAMemberJoins() {
        long heap = 96 * MEBIBYTE;

        long cheeses = 5 * HeapShares.nodeLimits(heap).waitingCheeseBytes();
        long coins = 300L * HeapShares.stackLimits(heap).maxCachedCoins();
        long mempool = HeapShares.mempoolLimits(heap).memoryBytes();

        long links = NodeLimits.defaults().outboundLinks() + NodeLimits.defaults().inboundLinks();
        long known = 2 * 100L * links * HeapShares.nodeLimits(heap).rememberedPerLink();

        assertThat(cheeses + coins + mempool + known).isLessThan(heap * 6 / 10);
        assertThat(HeapShares.nodeLimits(heap).rememberedPerLink()).isGreaterThan(500);
    }

    @Test
    void leavesTheDefaultsToALargeHeap() {
        long heap = 4_096 * MEBIBYTE;

        assertThat(HeapShares.nodeLimits(heap)).isEqualTo(NodeLimits.defaults());
        assertThat(HeapShares.stackLimits(heap)).isEqualTo(StackLimits.DEFAULT);
        assertThat(HeapShares.mempoolLimits(heap)).isEqualTo(MempoolLimits.DEFAULT);
    }
}
