package org.cheesecoin.chain.node;

import java.util.Optional;

import org.cheesecoin.chain.cheese.CheeseHeader;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.chain.consensus.HeaderRules;
import org.cheesecoin.chain.consensus.NetworkParameters;
import org.cheesecoin.chain.consensus.StackedHeader;
import org.cheesecoin.chain.stack.CheeseStack;

/** All headers that are known: those of stored cheeses and those of the tree. Says what becomes of one more. */
final class KnownHeaders {

    /** What became of one header. */
    sealed interface Fate {
        /** It is valid; its cheese is stored or wanted. */
        record Known(StackedHeader header) implements Fate {}

        /** It stands on what we do not know. */
        record ParentUnknown() implements Fate {}

        /** It breaks a rule. */
        record Broken(Violation violation) implements Fate {}

        /** Our clock says that it is not time yet. */
        record NotYet() implements Fate {}
    }

    private final NetworkParameters parameters;
    private final CheeseStack stack;
    private final HeaderTree tree;
    private final Outbox outbox;
    private final BoundedSet<Smell> condemned;

    KnownHeaders(NodeConfig config, Outbox outbox, CheeseStack stack, HeaderTree tree) {
        this.parameters = config.network().parameters();
        this.stack = stack;
        this.tree = tree;
        this.outbox = outbox;
        this.condemned = new BoundedSet<>(config.stackLimits().maxCondemned());
    }

    /** Checks one header and keeps it if its cheese is not stored. */
    Fate accept(CheeseHeader header) {
        Smell smell = header.smell();
        Optional<StackedHeader> known = find(smell);
        if (known.isPresent()) {
            return new Fate.Known(known.get());
        }
        Optional<StackedHeader> parent = find(header.parentSmell());
        if (parent.isPresent()) {
            Fate fate = judge(header, smell, parent.get());
            if (fate instanceof Fate.Known(StackedHeader stacked)) {
                tree.add(stacked);
            }
            return fate;
        }
        Optional<Violation> broken = brokenAlone(header, smell);
        if (broken.isPresent()) {
            return new Fate.Broken(broken.get());
        }
        // HDR-BLUE-CHEESE: height 0 is the network's own.
        return header.height() == 0
                ? new Fate.Broken(Violation.of(Rule.HDR_BLUE_CHEESE).with("smell", smell))
                : new Fate.ParentUnknown();
    }

    private Optional<Violation> brokenAlone(CheeseHeader header, Smell smell) {
        Optional<Violation> broken = HeaderRules.standAlone(header, smell);
        if (broken.isPresent()) {
            return broken;
        }
        // HDR-PARENT-INVALID: the parent is not a cheese that was found invalid.
        if (condemned.contains(smell) || condemned.contains(header.parentSmell())) {
            condemned.add(smell);
            return Optional.of(Violation.of(Rule.HDR_PARENT_INVALID).with("smell", smell));
        }
        return Optional.empty();
    }

    /** What the rules say of a header on this parent; known means that it keeps them all, wherever it is. */
    Fate judge(CheeseHeader header, Smell smell, StackedHeader parent) {
        Optional<Violation> broken = brokenAlone(header, smell);
        if (broken.isPresent()) {
            return new Fate.Broken(broken.get());
        }
        Optional<Violation> misplaced = HeaderRules.inContext(header, parent, parameters);
        if (misplaced.isPresent()) {
            return new Fate.Broken(misplaced.get().with("smell", smell));
        }
        if (HeaderRules.timing(header, outbox.clockMillis()) != HeaderRules.Timing.DUE) {
            return new Fate.NotYet();
        }
        return new Fate.Known(parent.child(header, smell, parameters));
    }

    /** What is to be said of a header that is too early: its time, its parent's, and ours. */
    Violation tooEarly(CheeseHeader header) {
        Violation violation = HeaderRules.tooEarly(header.timeMillis(), outbox.clockMillis());
        return find(header.parentSmell())
                .map(parent -> violation.with("parentTimeMillis", parent.header().timeMillis()))
                .orElse(violation);
    }

    /** A header whose cheese is stored, or which is in the tree. */
    Optional<StackedHeader> find(Smell smell) {
        Optional<StackedHeader> stored = stack.header(smell);
        return stored.isPresent() ? stored : tree.get(smell);
    }

    /** The cheese was found invalid: it and all above it are refused from now on. */
    void condemn(Smell smell) {
        condemned.add(smell);
        tree.condemn(smell);
    }
}
