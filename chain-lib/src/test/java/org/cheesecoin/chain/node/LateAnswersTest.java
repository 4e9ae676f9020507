package org.cheesecoin.chain.node;

import java.util.ArrayList;
import java.util.List;

import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.chain.testing.TestWorld;
import org.cheesecoin.chain.wire.Message;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Answers that come after another was asked: an honest peer may be slow. */
class LateAnswersTest {

    private static final long TOO_LATE_MILLIS = NodeLimits.defaults().requestMillis() + 1;

    private final TestWorld world = TestWorld.rich(2).mineEmpty(2);
    private final NodeBench bench = NodeBench.in(world);
    private final Payment payment = world.pay(world.allocation(1), TestKeys.key(5), 1_000, 500);
    private final Message have = new Message.Have(List.of(payment.fullId()));
    private final Message answer = new Message.Transactions(List.of(payment));

    @Test
    void aLatePaymentIsTakenWithoutBlame() {
        TestPeer slow = bench.peer(1);
        slow.say(have);
        bench.pass(TOO_LATE_MILLIS);

        assertThat(slow.rejects(slow.say(answer))).isEmpty();

        assertThat(bench.node.mempool().entry(payment.txid())).isPresent();
    }

    @Test
    void bothWhoWereAskedMayAnswer() {
        TestPeer slow = bench.peer(1);
        TestPeer other = bench.peer(2);
        slow.say(have);
        other.say(have);
        assertThat(other.heard(bench.pass(TOO_LATE_MILLIS), Message.GetTransactions.class)).hasSize(1);

        List<Output> outputs = new ArrayList<>(slow.say(answer));
        outputs.addAll(other.say(answer));

        assertThat(slow.rejects(outputs)).isEmpty();
        assertThat(other.rejects(outputs)).isEmpty();
        assertThat(bench.node.mempool().count()).isEqualTo(1);
    }

    @Test
    void oneQuestionHasOneAnswer() {
        TestPeer peer = bench.peer(1);
        peer.say(have);
        peer.say(answer);

        assertThat(peer.rejects(peer.say(answer))).containsExactly(Rule.NET_UNSOLICITED);
    }

    @Test
    void whoSaidThatItHasItNotMayNotSendItAfterAll() {
        TestPeer peer = bench.peer(1);
        peer.say(have);
        peer.say(new Message.NotFound(List.of(payment.fullId().hash())));

        assertThat(peer.rejects(peer.say(answer))).containsExactly(Rule.NET_UNSOLICITED);
    }

    @Test
    void aUserIsAnsweredThoughAPeerSendsTheSamePaymentMeanwhile() {
        bench.checksByHand = true;
        TestPeer peer = bench.peer(1);
        peer.say(have);
        bench.handle(new Input.TransactionSubmitted(new SubmissionId(7), payment));
        peer.say(answer);

        bench.checksByHand = false;
        bench.outputs.stream()
                .filter(Output.CheckTransaction.class::isInstance)
                .toList()
                .forEach(bench::doCheck);

        assertThat(NodeBench.only(bench.outputs, Output.SubmissionAnswered.class))
                .singleElement()
                .satisfies(answered -> assertThat(answered.submission()).isEqualTo(new SubmissionId(7)));
    }
}
