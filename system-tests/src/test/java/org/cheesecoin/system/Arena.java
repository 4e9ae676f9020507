package org.cheesecoin.system;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.cheesecoin.system.Judge.Verdict;
import org.cheesecoin.system.strangers.Attack;
import org.cheesecoin.system.strangers.Source;

/** Where attacks are made one after another: on one network, and on a fresh one where the last attack left wounds. */
final class Arena implements AutoCloseable {

    private final int members;
    private final TallStack stack = TallStack.mined();
    private final List<AttackedNetwork> networks = new ArrayList<>();
    private Optional<Judge> judge = Optional.empty();

    /** Starts nothing yet. */
    Arena(int members) {
        this.members = members;
    }

    /** The network that is attacked next; started where there is none. */
    AttackedNetwork network() {
        return judge().network();
    }

    private Judge judge() {
        if (judge.isEmpty()) {
            networks.add(AttackedNetwork.up(stack, members));
            judge = Optional.of(new Judge(networks.getLast()));
        }
        return judge.get();
    }

    /** Makes the attack, and says what came of it. */
    Verdict attack(Attack attack, Source source, int seconds) {
        Verdict verdict = judge().judge(attack, source, seconds);
        if (!verdict.wounds().isEmpty()) {
            // kept until the end, so that its logs can be read; only its processes are in the way
            networks.getLast().endAll();
            judge = Optional.empty();
        }
        return verdict;
    }

    @Override
    public void close() {
        networks.forEach(AttackedNetwork::close);
    }
}
