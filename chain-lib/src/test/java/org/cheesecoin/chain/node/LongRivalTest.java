package org.cheesecoin.chain.node;

import java.util.List;

import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.chain.testing.TestWorld;
import org.cheesecoin.chain.wire.Message;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Branches that need more headers than are kept in memory before they have the work of our tip. */
class LongRivalTest {

    private static final NodeLimits LIMITS = NodeLimits.defaults().withHeadersAhead(3_000);
    private static final int OWN = 4_300;

    private static final TestWorld COMMON = TestWorld.fresh().mineEmpty(10);
    private static final TestWorld OURS = COMMON.copy().mineEmpty(OWN);
    private static final TestWorld THEIRS = COMMON.minedBy(TestKeys.key(8)).mineEmpty(OWN + 3);

    private static TestWorld theirsUpTo(int height) {
        TestWorld world = COMMON.minedBy(TestKeys.key(8));
        THEIRS.cheeses().subList(11, height + 1).forEach(world::add);
        return world;
    }

    private static List<Message.GetCheeses> cheesesAsked(ServingPeer peer, List<Output> outputs) {
        return peer.peer.heard(outputs, Message.GetCheeses.class);
    }

    @Test
    void aRivalLongerThanTheHeadersInMemoryWins() {
        NodeBench bench = NodeBench.in(OURS, LIMITS);
        ServingPeer rival = new ServingPeer(bench, 1, THEIRS);

        rival.join();
        for (int i = 0; i < 10 && !bench.store.tip().equals(THEIRS.tip()); i++) {
            rival.answer(bench.pass(1_100));
        }

        assertThat(bench.store.tip()).isEqualTo(THEIRS.tip());
        assertThat(rival.peer.rejects(bench.outputs)).isEmpty();
    }

    @Test
    void aLongRivalWithLessWorkCostsNoBodyAndIsNotAskedAgainAndAgain() {
        NodeBench bench = NodeBench.in(OURS, LIMITS);
        ServingPeer rival = new ServingPeer(bench, 1, theirsUpTo(OWN));
        rival.peer.work = THEIRS.tip().totalWork().hashes();

        List<Output> outputs = rival.join();
        for (int i = 0; i < 20; i++) {
            outputs.addAll(rival.answer(bench.pass(1_100)));
        }

        assertThat(cheesesAsked(rival, outputs)).isEmpty();
        assertThat(rival.headersAnswered).isEqualTo(3);
        assertThat(bench.store.cheeseCount()).isEqualTo(OURS.cheeses().size());
        assertThat(bench.node.goal()).isEmpty();
    }

    @Test
    void aLongRivalThatGrowsOnIsCountedOnAndNotFromItsStart() {
        NodeBench bench = NodeBench.in(OURS, LIMITS);
        ServingPeer rival = new ServingPeer(bench, 1, theirsUpTo(OWN));
        rival.peer.work = THEIRS.tip().totalWork().hashes();
        rival.join();
        int answered = rival.headersAnswered;
        rival.serveFrom(THEIRS);

        rival.announce(THEIRS.cheeses().subList(OWN + 1, OWN + 6));
        assertThat(rival.headersAnswered).isEqualTo(answered);
        rival.announce(THEIRS.cheeses().subList(OWN + 6, OWN + 12));
        for (int i = 0; i < 10; i++) {
            rival.answer(bench.pass(1_100));
        }

        assertThat(bench.store.tip()).isEqualTo(THEIRS.tip());
    }

    @Test
    void aLiarWhoServesAnotherBranchThanItWasCountedForIsBannedAndGivenNoBody() {
        NodeBench bench = NodeBench.in(OURS, LIMITS);
        TestWorld cheap = COMMON.minedBy(TestKeys.key(9)).mineEmpty(2_000);
        ServingPeer liar = new ServingPeer(bench, 1, THEIRS);
        liar.servesCheeses = false;
        List<Output> outputs = liar.peer.join();
        int rounds = 0;

        while (NodeBench.closed(bench.outputs, liar.peer.link).isEmpty() && rounds++ < 20) {
            // Three messages are counted; the fourth should be the first again.
            for (int i = 0; i < 3; i++) {
                outputs = liar.peer.say(headersAfter(THEIRS, 10 + 2_000 * i));
            }
            assertThat(liar.peer.heard(outputs, Message.GetHeaders.class)).hasSize(1);
            outputs = liar.peer.say(headersAfter(cheap, 10));
            assertThat(liar.peer.rejects(outputs)).contains(Rule.NET_HEADERS_CONNECT);
            // Its next news, whose parent is not known, has it asked again.
            outputs = liar.peer.say(headersAfter(THEIRS, OWN + 12));
        }

        assertThat(rounds).isEqualTo(5);
        assertThat(NodeBench.only(bench.outputs, Output.Banned.class)).hasSize(1);
        assertThat(cheesesAsked(liar, bench.outputs)).isEmpty();
    }

    private static Message.Headers headersAfter(TestWorld world, int height) {
        int to = Math.min(height + 2_001, world.cheeses().size());
        return new Message.Headers(
                world.cheeses().subList(height + 1, to).stream().map(cheese -> cheese.header()).toList());
    }

    @Test
    void forgetsTheLongestCountWhenAllTogetherFillTheirRoom() {
        // Room for three marks in all: one for each message that is counted.
        NodeBench bench = NodeBench.in(OURS, LIMITS.withHeadersAhead(12));
        ServingPeer shorter = new ServingPeer(bench, 1, theirsUpTo(2_000));
        ServingPeer longer = new ServingPeer(bench, 2, theirsUpTo(OWN));
        shorter.peer.work = THEIRS.tip().totalWork().hashes();
        longer.peer.work = THEIRS.tip().totalWork().hashes();

        shorter.join();
        longer.join();
        shorter.serveFrom(theirsUpTo(2_020));
        longer.serveFrom(THEIRS);
        int answered = longer.headersAnswered;
        longer.announce(THEIRS.cheeses().subList(OWN + 1, OWN + 12));
        List<Output> outputs = shorter.announce(theirsUpTo(2_020).cheeses().subList(2_001, 2_017));

        assertThat(longer.headersAnswered).isGreaterThan(answered);
        assertThat(shorter.peer.heard(outputs, Message.GetHeaders.class)).isEmpty();
    }
}
