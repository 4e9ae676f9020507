package org.cheesecoin.chain.node;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.FullId;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.consensus.Moment;
import org.cheesecoin.chain.crypto.Sha256;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.chain.testing.TestWorld;
import org.cheesecoin.chain.wire.CompactCheeses;
import org.cheesecoin.chain.wire.Message;
import org.cheesecoin.chain.wire.MessageCodec;
import org.cheesecoin.chain.wire.MessageType;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What ids younger than ten minutes may cost together, and what one peer may send. */
class StrangersTest {

    private static final List<FullId> UNKNOWN = IntStream.range(0, 1_000)
            .mapToObj(i -> new FullId(Sha256.hash(new byte[]{(byte) i, (byte) (i >> 8)})))
            .toList();
    private static final Message LONG_HAVE = new Message.Have(UNKNOWN);
    private static final int LONG_BYTES = MessageCodec.encode(LONG_HAVE).length;

    private final TestWorld world = TestWorld.rich(2).mineEmpty(2);
    private final NodeBench bench = NodeBench.in(world);
    private final Payment payment = world.pay(world.allocation(1), TestKeys.key(5), 1_000, 500);
    private final Message have = new Message.Have(List.of(payment.fullId()));
    private final Message question = new Message.GetTransactions(List.of(payment.fullId()));
    private int lastKey = 100;

    private TestPeer newcomer() {
        TestPeer peer = bench.stranger(++lastKey);
        peer.address = "10.2.2." + lastKey;
        peer.join();
        return peer;
    }

    /** Peers who keep to their own rates spend what there is for all strangers; answers the refusal that tells it. */
    private List<Output> flood(int messagesEach, Message flood) {
        for (int i = 0; i < 20; i++) {
            TestPeer peer = newcomer();
            for (int said = 0; said < messagesEach; said++) {
                List<Output> outputs = peer.say(flood);
                if (outputs.stream().anyMatch(Output.Refused.class::isInstance)) {
                    return outputs;
                }
            }
        }
        throw new AssertionError("there is no end to what strangers may send");
    }

    private List<Output> floodOfBytes() {
        flood(LinkAccount.UNASKED_BYTES_BURST / LONG_BYTES, LONG_HAVE);
        return flood(LinkAccount.MESSAGES_BURST / 2, new Message.Have(UNKNOWN.subList(0, 10)));
    }

    private List<Output> floodOfMessages() {
        return flood(LinkAccount.MESSAGES_BURST, new Message.Ping(1));
    }

    @Test
    void whatIsBeyondTheBudgetOfAllStrangersIsNotLookedAtAndCostsNobodyPoints() {
        for (List<Output> last : List.of(floodOfBytes(), floodOfMessages())) {
            assertThat(last).singleElement().isInstanceOfSatisfying(Output.Refused.class, refused -> assertThat(
                    refused.violation().rule()).isEqualTo(Rule.NET_RATE));
        }
        assertThat(bench.node.status().peers()).hasSizeGreaterThan(5)
                .allSatisfy(peer -> assertThat(peer.points()).isZero());
    }

    @Test
    void aFloodOfStrangersLeavesAYoungPeerWhatItNeeds() {
        TestPeer young = bench.peer(1);
        Cheese cheese = world.next(payment);
        floodOfBytes();
        floodOfMessages();

        assertThat(young.heard(young.say(new Message.Ping(7)))).hasSize(1);
        assertThat(young.heard(young.say(have))).containsExactly(question);
        assertThat(young.heard(young.say(new Message.Headers(List.of(world.tip().header()))))).isEmpty();
        assertThat(young.heard(young.say(CompactCheeses.of(cheese, 1).orElseThrow())))
                .hasOnlyElementsOfType(Message.GetCheeseTransactions.class);
        assertThat(NodeBench.only(bench.outputs, Output.Refused.class))
                .noneMatch(refused -> refused.link().equals(Optional.of(young.link)));
    }

    @Test
    void whatAYoungPeerHasForItselfHoldsTheLargestCompactCheese() {
        assertThat(Strangers.Floor.BYTES_BURST).isGreaterThan(MessageType.COMPACT_CHEESE.frameLimitBytes());
    }

    @Test
    void aFloodIsOverWhenItStops() {
        TestPeer young = bench.peer(1);
        floodOfBytes();
        int heard = 0;
        while (heard < 100 && young.say(LONG_HAVE).stream().noneMatch(Output.Refused.class::isInstance)) {
            heard++;
        }
        bench.nowMillis += 1_000;

        assertThat(heard).isEqualTo(Strangers.Floor.BYTES_BURST / LONG_BYTES);
        assertThat(young.say(LONG_HAVE)).noneMatch(Output.Refused.class::isInstance);
    }

    @Test
    void aFloodOfStrangersDoesNotTouchWhoIsKnownForTenMinutes() {
        TestPeer old = bench.peer(1);
        bench.nowMillis += NodeLimits.defaults().youngMillis();
        floodOfBytes();

        for (int i = 0; i < 2 * Strangers.Floor.BYTES_BURST / LONG_BYTES; i++) {
            assertThat(old.say(LONG_HAVE)).noneMatch(Output.Refused.class::isInstance);
        }
    }

    @Test
    void whoWaitedTenMinutesIsHeldByAnotherBudgetThatLeavesTheOthersTheirOwn() {
        Outbox outbox = new Outbox(changes -> {});
        outbox.begin(Moment.of(NodeBench.START_MILLIS));
        Strangers strangers = new Strangers(NodeLimits.defaults(), outbox);
        long longAgo = outbox.nowMillis() - NodeLimits.defaults().youngMillis();
        Link floods = link(1, longAgo);
        Link known = link(2, longAgo);
        Link young = link(3, outbox.nowMillis());
        int heard = 0;
        while (heard < 100_000 && strangers.mayBeHeard(floods, 9)) {
            heard++;
        }

        assertThat(heard).isEqualTo(
                Strangers.KNOWN_FACTOR * Strangers.MESSAGES_BURST + Strangers.Floor.MESSAGES_BURST);
        for (int i = 0; i < Strangers.Floor.MESSAGES_BURST; i++) {
            assertThat(strangers.mayBeHeard(known, 9)).isTrue();
            assertThat(strangers.mayBeHeard(young, 9)).isTrue();
        }
    }

    @Test
    void whatItAskedForItselfComesThroughAFlood() {
        TestPeer young = bench.peer(1);
        Cheese cheese = world.next(payment);
        young.say(new Message.Headers(List.of(cheese.header())));
        floodOfBytes();
        for (int i = 0; i <= Strangers.Floor.BYTES_BURST / LONG_BYTES; i++) {
            young.say(LONG_HAVE);
        }

        young.say(new Message.CheeseBody(cheese));

        assertThat(bench.store.tip().smell()).isEqualTo(cheese.smell());
    }

    @Test
    void whatOnlyLooksLikeAnAnswerIsCountedToo() {
        TestPeer owesHeaders = bench.stranger(++lastKey);
        owesHeaders.work = BigInteger.ONE.shiftLeft(200);
        owesHeaders.join();
        floodOfMessages();
        TestWorld elsewhere = TestWorld.rich(2).minedBy(TestKeys.key(9)).mineEmpty(9);

        assertThat(refusedAfterItsOwnPart(owesHeaders, new Message.Headers(List.of(elsewhere.tip().header()))))
                .isTrue();
        assertThat(refusedAfterItsOwnPart(newcomer(), new Message.Transactions(List.of()))).isTrue();
    }

    private static boolean refusedAfterItsOwnPart(TestPeer peer, Message message) {
        for (int i = 0; i < Strangers.Floor.MESSAGES_BURST; i++) {
            peer.say(message);
        }
        return peer.say(message).stream().anyMatch(Output.Refused.class::isInstance);
    }

    @Test
    void blamesOnePeersFloodOfBytes() {
        TestPeer peer = bench.peer(1);
        List<Rule> rules = new ArrayList<>();
        for (int i = 0; i <= LinkAccount.UNASKED_BYTES_BURST / LONG_BYTES; i++) {
            rules.addAll(peer.rejects(peer.say(LONG_HAVE)));
        }

        assertThat(rules).containsExactly(Rule.NET_RATE);
    }

    @Test
    void checksOfAllStrangersTogetherHaveALimitAndThoseOfOthersNone() {
        Outbox outbox = new Outbox(changes -> {});
        outbox.begin(Moment.of(NodeBench.START_MILLIS));
        Strangers strangers = new Strangers(NodeLimits.defaults(), outbox);
        Link one = link(1, outbox.nowMillis());
        Link other = link(2, outbox.nowMillis());
        Link known = link(3, outbox.nowMillis() - NodeLimits.defaults().youngMillis());
        spend(strangers, one, Strangers.CHECKS_BURST + Strangers.Floor.CHECKS_BURST);

        assertThat(strangers.mayHaveChecked(one, 1)).isFalse();
        spend(strangers, other, Strangers.Floor.CHECKS_BURST);
        assertThat(strangers.mayHaveChecked(other, 1)).isFalse();
        assertThat(strangers.mayHaveChecked(known, 1)).isTrue();

        outbox.begin(Moment.of(outbox.nowMillis() + 1_000));
        spend(strangers, one, Strangers.CHECKS_PER_SECOND + Strangers.Floor.CHECKS_PER_SECOND);
        assertThat(strangers.mayHaveChecked(one, 1)).isFalse();
    }

    private static void spend(Strangers strangers, Link link, int checks) {
        for (int i = 0; i < checks; i++) {
            assertThat(strangers.mayHaveChecked(link, 1)).isTrue();
        }
    }

    private static Link link(long number, long readyAtMillis) {
        Input.LinkOpened opened = new Input.LinkOpened(new LinkId(number), "10.1.1.1", Optional.empty());
        Link link = new Link(opened, NodeLimits.defaults(), 1, readyAtMillis);
        link.readyAtMillis = readyAtMillis;
        return link;
    }
}
