package org.cheesecoin.chain.stack;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.OutPoint;
import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.consensus.CheckedCheese;
import org.cheesecoin.chain.consensus.CheeseRules;
import org.cheesecoin.chain.consensus.Network;
import org.cheesecoin.chain.consensus.StackedHeader;
import org.cheesecoin.chain.testing.MemoryCheeseStore;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.chain.testing.TestWorld;

import static org.assertj.core.api.Assertions.assertThat;

/** A stack over a strict store, with all steps on record. */
final class TestStack {

    private static final long LATE_MILLIS = 1L << 52;

    private final Network network;
    private final MemoryCheeseStore store;
    private final CheeseStack stack;
    private final List<StackStep> steps = new ArrayList<>();
    private final Set<OutPoint> everMade = new LinkedHashSet<>();

    TestStack(Network network) {
        this(network, StackLimits.DEFAULT);
    }

    TestStack(Network network, StackLimits limits) {
        this(network, new MemoryCheeseStore(network), limits);
    }

    TestStack(Network network, MemoryCheeseStore store, StackLimits limits) {
        this.network = network;
        this.store = store;
        this.stack = new CheeseStack(network, store, limits);
    }

    CheeseStack stack() {
        return stack;
    }

    MemoryCheeseStore store() {
        return store;
    }

    List<StackStep> steps() {
        return steps;
    }

    List<String> stepNames() {
        return steps.stream().map(step -> step.getClass().getSimpleName()).toList();
    }

    Optional<StackedHeader> header(Smell smell) {
        return stack.header(smell);
    }

    Added add(Cheese cheese) {
        return add(cheese, LATE_MILLIS);
    }

    Added add(Cheese cheese, long nowMillis) {
        if (cheese.height() == 0) {
            return addUnchecked(cheese);
        }
        CheckedCheese checked = CheeseRules.standAlone(cheese, network.id(), TestKeys.SCHEME, fullId -> false)
                .orElseThrow();
        return stack.add(checked, nowMillis, this::write);
    }

    /** Past the stand-alone rules. */
    Added addUnchecked(Cheese cheese) {
        return stack.add(CheckedCheese.trusted(cheese, network.id()), LATE_MILLIS, this::write);
    }

    /** All above the Blue Cheese. */
    List<Added> addAll(List<Cheese> cheeses) {
        return cheeses.stream().filter(cheese -> cheese.height() > 0).map(this::add).toList();
    }

    /** Tip, headers and coins are those of the world, in the stack's own memory as in the store. */
    void agreesWith(TestWorld world) {
        assertThat(stack.tip()).isEqualTo(world.tip()).isEqualTo(store.tip());
        for (int height = 0; height <= world.tip().height(); height++) {
            assertThat(stack.headerAt(height)).contains(world.header(height));
        }
        assertThat(stack.headerAt(world.tip().height() + 1)).isEmpty();
        assertThat(store.allCoins()).isEqualTo(world.coins().all());
        everMade.addAll(world.coins().all().keySet());
        for (OutPoint outPoint : everMade) {
            assertThat(stack.coins().coin(outPoint)).as("%s", outPoint).isEqualTo(world.coins().coin(outPoint));
        }
    }

    private void write(StackStep step) {
        steps.add(step);
        if (step instanceof StackStep.Connected connected) {
            connected.changes().made().forEach(made -> everMade.add(made.outPoint()));
        }
        store.write(step);
    }
}
