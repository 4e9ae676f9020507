package org.cheesecoin.chain.node;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.cheesecoin.chain.consensus.Network;
import org.cheesecoin.chain.testing.TestWorld;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What the store keeps of bans is bounded: ids are free, so a stranger could fill it. */
class BansTest {

    private static final Network NETWORK = TestWorld.fresh().network();
    private static final NodeLimits LIMITS = NodeLimits.defaults();

    @Test
    void theStoreForgetsABanThatIsOver() {
        NodeBench bench = NodeBench.on(NETWORK);
        ban(bench, 1);
        Ban ban = NodeBench.only(bench.changes, Change.BanKept.class).getFirst().ban();
        assertThat(NodeBench.only(bench.changes, Change.BanForgotten.class)).isEmpty();

        bench.pass(LIMITS.banMillis());

        assertThat(NodeBench.only(bench.changes, Change.BanForgotten.class))
                .containsExactly(new Change.BanForgotten(ban.nodeIdHex(), ban.remoteAddress()));
    }

    @Test
    void theStoreHoldsNoMoreBansThanTheNode() {
        List<Ban> stored = bans(LIMITS.bans());
        NodeBench bench = NodeBench.of(NETWORK, LIMITS, new Memory(List.of(), List.of(), stored));
        Set<Change.BanForgotten> held = new LinkedHashSet<>();
        stored.forEach(ban -> held.add(new Change.BanForgotten(ban.nodeIdHex(), ban.remoteAddress())));

        ban(bench, 1);
        ban(bench, 2);

        for (Change change : bench.changes) {
            if (change instanceof Change.BanKept(Ban ban)) {
                held.add(new Change.BanForgotten(ban.nodeIdHex(), ban.remoteAddress()));
            } else if (change instanceof Change.BanForgotten forgotten) {
                assertThat(held.remove(forgotten)).isTrue();
            }
        }
        assertThat(held).hasSize(LIMITS.bans());
        assertThat(NodeBench.only(bench.changes, Change.BanForgotten.class))
                .as("the oldest")
                .contains(new Change.BanForgotten(stored.getFirst().nodeIdHex(), stored.getFirst().remoteAddress()));
    }

    @Test
    void aLowerLimitAlsoHoldsForWhatWasStored() {
        NodeBench bench = NodeBench.of(NETWORK, LIMITS, new Memory(List.of(), List.of(), bans(LIMITS.bans() + 3)));

        bench.handle(new Input.Tick());

        assertThat(NodeBench.only(bench.changes, Change.BanForgotten.class)).hasSize(3);
    }

    private static List<Ban> bans(int count) {
        List<Ban> bans = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            bans.add(new Ban("", "10.1.0." + i, NodeBench.START_MILLIS + LIMITS.banMillis(), "NET-SLOW"));
        }
        return bans;
    }

    private static void ban(NodeBench bench, int number) {
        TestPeer liar = bench.peer(number);
        bench.frame(liar.link, new byte[]{(byte) 0xee});
    }
}
