package org.cheesecoin.chain.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.FullId;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.crypto.Sha256;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.chain.testing.TestWorld;
import org.cheesecoin.chain.wire.Message;
import org.cheesecoin.chain.wire.MessageCodec;
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

    /** Peers who keep to their own rates spend what there is for all strangers, to the last bytes. */
    private void flood() {
        for (int length : List.of(1_000, 100, 10, 1)) {
            Message flood = new Message.Have(UNKNOWN.subList(0, length));
            TestPeer peer = bench.peer(++lastKey);
            int said = 0;
            while (peer.say(flood).stream().noneMatch(Output.Refused.class::isInstance)) {
                peer = ++said % 100 == 0 ? bench.peer(++lastKey) : peer;
            }
        }
    }

    @Test
    void aFloodOfBytesIsNotLookedAtAndCostsNobodyPoints() {
        TestPeer young = bench.peer(1);
        flood();

        List<Output> outputs = young.say(have);

        assertThat(young.heard(outputs)).isEmpty();
        assertThat(NodeBench.only(outputs, Output.Refused.class))
                .singleElement()
                .satisfies(refused -> assertThat(refused.violation().rule()).isEqualTo(Rule.NET_RATE));
        assertThat(bench.node.status().peers()).allSatisfy(peer -> assertThat(peer.points()).isZero());
    }

    @Test
    void aFloodOfBytesIsOverWhenItStops() {
        TestPeer young = bench.peer(1);
        flood();
        bench.nowMillis += 1_000;

        assertThat(young.heard(young.say(have))).containsExactly(question);
    }

    @Test
    void aFloodOfStrangersDoesNotTouchWhoIsKnownForTenMinutes() {
        TestPeer old = bench.peer(1);
        bench.nowMillis += NodeLimits.defaults().youngMillis();
        flood();

        assertThat(old.heard(old.say(have))).containsExactly(question);
    }

    @Test
    void whatItAskedForItselfComesThroughAFlood() {
        TestPeer young = bench.peer(1);
        Cheese cheese = world.next(payment);
        young.say(new Message.Headers(List.of(cheese.header())));
        flood();

        young.say(new Message.CheeseBody(cheese));

        assertThat(bench.store.tip().smell()).isEqualTo(cheese.smell());
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
        outbox.begin(NodeBench.START_MILLIS);
        Strangers strangers = new Strangers(NodeLimits.defaults(), outbox);
        Link one = link(1, outbox.nowMillis());
        Link other = link(2, outbox.nowMillis());
        Link known = link(3, outbox.nowMillis() - NodeLimits.defaults().youngMillis());
        for (int i = 0; i < Strangers.CHECKS_BURST; i++) {
            assertThat(strangers.mayHaveChecked(i % 2 == 0 ? one : other, 1)).isTrue();
        }

        assertThat(strangers.mayHaveChecked(one, 1)).isFalse();
        assertThat(strangers.mayHaveChecked(other, 1)).isFalse();
        assertThat(strangers.mayHaveChecked(known, 1)).isTrue();

        outbox.begin(outbox.nowMillis() + 1_000);
        for (int i = 0; i < Strangers.CHECKS_PER_SECOND; i++) {
            assertThat(strangers.mayHaveChecked(one, 1)).isTrue();
        }
        assertThat(strangers.mayHaveChecked(one, 1)).isFalse();
    }

    private static Link link(long number, long readyAtMillis) {
        Input.LinkOpened opened = new Input.LinkOpened(new LinkId(number), "10.1.1.1", Optional.empty());
        Link link = new Link(opened, NodeLimits.defaults(), 1, readyAtMillis);
        link.readyAtMillis = readyAtMillis;
        return link;
    }
}
