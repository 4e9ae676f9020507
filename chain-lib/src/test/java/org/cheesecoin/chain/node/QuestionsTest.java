package org.cheesecoin.chain.node;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.FullId;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.cheese.TransactionOutput;
import org.cheesecoin.chain.crypto.Sha256;
import org.cheesecoin.chain.testing.Payments;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.chain.testing.TestWorld;
import org.cheesecoin.chain.wire.Message;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Questions of one peer: one answer at a time, and so many that wait, by kind. */
class QuestionsTest {

    private static final TestWorld WORLD = TestWorld.rich(60).mineEmpty(12);
    private static final TransactionOutput[] OUTPUTS = IntStream.range(0, 200)
            .mapToObj(i -> Payments.to(TestKeys.key(5), 499_000_000))
            .toArray(TransactionOutput[]::new);
    private static final Message GET_HEADERS = new Message.GetHeaders(List.of());

    private final NodeBench bench = NodeBench.in(WORLD);
    private final TestPeer peer = bench.peer(1);

    private static List<FullId> unknown(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> new FullId(Sha256.hash(new byte[]{(byte) i, (byte) (i >> 8)})))
                .toList();
    }

    private static List<Smell> smells(int from, int to) {
        return unknown(from, to).stream().map(fullId -> new Smell(fullId.hash())).toList();
    }

    private List<Output> sent() {
        return bench.handle(new Input.AnswerSent(peer.link));
    }

    private static List<Output> answers(List<Output> outputs) {
        return outputs.stream()
                .filter(output -> output instanceof Output.Serve || output instanceof Output.Answer)
                .toList();
    }

    private List<Question> served(List<Output> outputs) {
        return NodeBench.only(outputs, Output.Serve.class).stream().map(Output.Serve::question).toList();
    }

    /** Says this until it is blamed; answers how often it was not. */
    private int saidBeforeBlame(Message message) {
        int said = 0;
        while (said < 1_000 && peer.rejects(peer.say(message)).isEmpty()) {
            said++;
        }
        return said;
    }

    @Test
    void theNextAnswerIsBegunWhenTheOneBeforeHasLeft() {
        bench.readsByHand = true;
        assertThat(served(peer.say(GET_HEADERS))).hasSize(1);
        assertThat(answers(peer.say(GET_HEADERS))).isEmpty();
        assertThat(answers(peer.say(new Message.GetTransactions(unknown(0, 1))))).isEmpty();

        assertThat(answers(sent())).hasSize(1);
        assertThat(answers(sent())).hasSize(1);
        assertThat(answers(sent())).isEmpty();
        assertThat(answers(sent())).isEmpty();
    }

    @Test
    void anotherPeerIsAnsweredWhileOneDoesNotRead() {
        bench.readsByHand = true;
        TestPeer other = bench.peer(2);
        peer.say(GET_HEADERS);
        peer.say(GET_HEADERS);

        assertThat(served(other.say(GET_HEADERS))).hasSize(1);
    }

    @Test
    void noKindOfQuestionWaitsBehindAllOfAnother() {
        bench.readsByHand = true;
        peer.say(new Message.GetCheeses(smells(0, 100)));
        peer.say(GET_HEADERS);
        peer.say(new Message.GetCheeseTransactions(smells(0, 1).getFirst(), List.of(1)));

        List<Question> next = new ArrayList<>(served(sent()));
        next.addAll(served(sent()));
        next.addAll(served(sent()));

        assertThat(next).extracting(question -> (Object) question.getClass()).containsExactlyInAnyOrder(
                Question.Headers.class, Question.CheeseTransactions.class, Question.Cheeses.class);
    }

    @Test
    void aPeerThatAsksOnAndOnWithoutReadingIsBlamedAndThenBanned() {
        bench.readsByHand = true;

        assertThat(saidBeforeBlame(GET_HEADERS)).isEqualTo(1 + Questions.MAX_LOCATORS);
        assertThat(peer.rejects(bench.outputs)).containsExactly(Rule.NET_RATE);
        for (int i = 0; i < 200; i++) {
            peer.say(GET_HEADERS);
        }

        assertThat(answers(bench.outputs)).hasSize(1);
        assertThat(NodeBench.closed(bench.outputs, peer.link)).containsExactly(Rule.NET_RATE);
    }

    @Test
    void soManyCheesesWaitAndAFewAreServedAtATime() {
        bench.readsByHand = true;
        List<Question> first = served(peer.say(new Message.GetCheeses(smells(0, 128))));
        assertThat(first).containsExactly(new Question.Cheeses(smells(0, LinkAccount.CHEESES_PER_ANSWER)));
        peer.say(new Message.GetCheeses(smells(128, 128 + LinkAccount.CHEESES_PER_ANSWER)));
        assertThat(saidBeforeBlame(new Message.GetCheeses(smells(200, 264)))).isEqualTo(2);

        List<Question> rest = new ArrayList<>();
        for (List<Question> next = served(sent()); !next.isEmpty(); next = served(sent())) {
            rest.addAll(next);
        }

        assertThat(rest).hasSize(Questions.MAX_CHEESES / LinkAccount.CHEESES_PER_ANSWER);
    }

    @Test
    void cheesesAskedForOneByOneAreServedTogether() {
        bench.readsByHand = true;
        smells(0, 65).forEach(smell -> peer.say(new Message.GetCheeses(List.of(smell))));

        assertThat(peer.rejects(bench.outputs)).isEmpty();
        assertThat(served(sent())).containsExactly(new Question.Cheeses(smells(1, 9)));
    }

    @Test
    void soManyQuestionsForPaymentsOfCheesesWait() {
        bench.readsByHand = true;
        Message question = new Message.GetCheeseTransactions(
                smells(0, 1).getFirst(), IntStream.rangeClosed(1, 11_764).boxed().toList());

        assertThat(saidBeforeBlame(question)).isEqualTo(1 + Questions.MAX_CHEESE_TRANSACTIONS);
        assertThat(served(sent())).containsExactly(
                new Question.CheeseTransactions((Message.GetCheeseTransactions) question));
    }

    @Test
    void soManyPaymentsWaitAndThoseThatAreNotHereAreToldTogether() {
        bench.readsByHand = true;
        peer.say(GET_HEADERS);
        unknown(0, 1_000).forEach(fullId -> peer.say(new Message.GetTransactions(List.of(fullId))));
        peer.say(new Message.GetTransactions(unknown(1_000, Questions.MAX_PAYMENTS)));
        assertThat(peer.rejects(bench.outputs)).isEmpty();
        assertThat(saidBeforeBlame(new Message.GetTransactions(unknown(0, 1)))).isZero();

        assertThat(peer.heard(sent())).containsExactly(
                new Message.NotFound(unknown(0, 1_000).stream().map(FullId::hash).toList()));
        assertThat(peer.heard(sent())).containsExactly(
                new Message.NotFound(unknown(1_000, 2_000).stream().map(FullId::hash).toList()));
    }

    @Test
    void anAnswerOfPaymentsIsNoLongerThanALinkHasRoomFor() {
        List<FullId> fullIds = new ArrayList<>();
        for (int owner = 1; owner <= 60; owner++) {
            Payment payment = Payments.pay(WORLD.network(), WORLD.allocation(owner), OUTPUTS);
            fullIds.add(payment.fullId());
            bench.handle(new Input.TransactionSubmitted(new SubmissionId(owner), payment));
        }
        bench.readsByHand = true;

        List<Payment> heard = new ArrayList<>();
        List<Output> outputs = peer.say(new Message.GetTransactions(fullIds));
        while (!answers(outputs).isEmpty()) {
            List<Payment> some = peer.heard(outputs, Message.Transactions.class).getFirst().payments();
            assertThat(some.stream().mapToInt(Payment::sizeBytes).sum()).isBetween(1, LinkAccount.ANSWER_BYTES);
            heard.addAll(some);
            outputs = sent();
        }

        assertThat(heard).extracting(Payment::fullId).containsExactlyElementsOf(fullIds);
    }

    @Test
    void aPaymentThatLeavesWhileItsAnswerWaitsIsNotFound() {
        TestWorld world = WORLD.copy();
        Payment payment = world.pay(world.allocation(1), TestKeys.key(5), 1_000, 500);
        bench.handle(new Input.TransactionSubmitted(new SubmissionId(1), payment));
        bench.readsByHand = true;
        peer.say(GET_HEADERS);
        peer.say(new Message.GetTransactions(List.of(payment.fullId())));
        bench.handle(new Input.CheeseMined(world.next(payment)));

        assertThat(peer.heard(sent(), Message.NotFound.class))
                .containsExactly(new Message.NotFound(List.of(payment.fullId().hash())));
    }

    @Test
    void peersAreToldOnceInTenSecondsAndWhoAsksAgainMeanwhileWaits() {
        assertThat(peer.heard(peer.say(new Message.GetPeers()), Message.Peers.class)).hasSize(1);
        assertThat(peer.heard(peer.say(new Message.GetPeers()))).isEmpty();
        assertThat(peer.rejects(peer.say(new Message.GetPeers()))).containsExactly(Rule.NET_RATE);

        assertThat(peer.heard(bench.pass(Serving.PEERS_MILLIS - 1), Message.Peers.class)).isEmpty();
        assertThat(peer.heard(bench.pass(1), Message.Peers.class)).hasSize(1);
        assertThat(peer.heard(bench.pass(100_000), Message.Peers.class)).isEmpty();
    }

    @Test
    void aTipThatCameWhileHeadersWereReadIsToldAfterThem() {
        TestWorld world = WORLD.copy();
        bench.readsByHand = true;
        peer.say(GET_HEADERS);
        Cheese tip = world.mine();
        bench.handle(new Input.CheeseMined(tip));

        assertThat(peer.heard(sent())).containsExactly(new Message.Headers(List.of(tip.header())));
        peer.say(GET_HEADERS);
        assertThat(peer.heard(sent())).isEmpty();
    }

    @Test
    void aLinkThatIsGivenUpHoldsNothingThoughItsOtherEndNeverCloses() {
        bench.readsByHand = true;
        TestPeer other = bench.peer(2);
        Cheese next = WORLD.next();
        peer.say(new Message.Headers(List.of(next.header())));
        other.say(new Message.Headers(List.of(next.header())));
        peer.say(GET_HEADERS);
        peer.say(GET_HEADERS);

        List<Output> outputs = bench.frame(peer.link, new byte[]{(byte) 0xee});

        assertThat(NodeBench.only(outputs, Output.PeerLeft.class)).hasSize(1);
        assertThat(other.heard(outputs, Message.GetCheeses.class)).hasSize(1);
        assertThat(sent()).isEmpty();
        assertThat(peer.leave()).isEmpty();
    }
}
