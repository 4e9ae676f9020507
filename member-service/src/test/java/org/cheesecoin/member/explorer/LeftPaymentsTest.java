package org.cheesecoin.member.explorer;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import org.cheesecoin.chain.cheese.Amount;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.mempool.MempoolStep;
import org.cheesecoin.chain.node.Change;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.chain.testing.TestWorld;
import org.cheesecoin.member.node.LoopAccess;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

import static org.assertj.core.api.Assertions.assertThat;

class LeftPaymentsTest {

    private static final LoopAccess LOOP = Mockito.mock(LoopAccess.class);

    private final List<Payment> payments = payments();

    private static List<Payment> payments() {
        TestWorld world = TestWorld.rich(5);
        return IntStream.rangeClosed(1, 5)
                .mapToObj(it -> world.pay(world.allocation(it), TestKeys.key(9), 5_000, 1_000))
                .toList();
    }

    private static void evict(LeftPayments left, Payment payment) {
        left.changed(List.of(new Change.OfMempool(
                new MempoolStep.Removed(payment, MempoolStep.Reason.EVICTED, Optional.empty()))), LOOP);
    }

    private List<Integer> remembered(LeftPayments left) {
        return IntStream.range(0, payments.size())
                .filter(it -> left.find(payments.get(it).txid()).isPresent())
                .boxed()
                .toList();
    }

    @Test
    void forgetsTheOldestBeyondItsNumber() {
        LeftPayments left = new LeftPayments(3, LeftPayments.MAX_BYTES);
        payments.forEach(it -> evict(left, it));
        assertThat(remembered(left)).containsExactly(2, 3, 4);
        evict(left, payments.get(2));
        evict(left, payments.get(0));
        assertThat(remembered(left)).as("what left again is young again").containsExactly(0, 2, 4);
    }

    @Test
    void forgetsTheOldestBeyondItsBytes() {
        LeftPayments left = new LeftPayments(LeftPayments.MAX_PAYMENTS,
                payments.get(3).sizeBytes() + payments.get(4).sizeBytes());
        payments.forEach(it -> evict(left, it));
        assertThat(remembered(left)).containsExactly(3, 4);
    }

    @Test
    void forgetsWhatComesBackAndWhatWasConfirmed() {
        LeftPayments left = new LeftPayments();
        evict(left, payments.get(0));
        left.changed(List.of(
                new Change.OfMempool(new MempoolStep.Admitted(payments.get(0), new Amount(1_000), 1)),
                new Change.OfMempool(new MempoolStep.Removed(payments.get(1), MempoolStep.Reason.CONFIRMED,
                        Optional.empty()))),
                LOOP);
        assertThat(remembered(left)).isEmpty();
    }

    @Test
    void forgetsAllWhenTheLoopStartsAgain() {
        LeftPayments left = new LeftPayments();
        evict(left, payments.get(0));
        left.started(LOOP);
        assertThat(remembered(left)).isEmpty();
    }
}
