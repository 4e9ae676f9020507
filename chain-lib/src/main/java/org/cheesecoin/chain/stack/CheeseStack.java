package org.cheesecoin.chain.stack;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.cheesecoin.chain.cheese.CheeseHeader;
import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.chain.consensus.CheckedCheese;
import org.cheesecoin.chain.consensus.CheeseRules;
import org.cheesecoin.chain.consensus.CoinChanges;
import org.cheesecoin.chain.consensus.CoinView;
import org.cheesecoin.chain.consensus.HeaderRules;
import org.cheesecoin.chain.consensus.Network;
import org.cheesecoin.chain.consensus.StackedHeader;

/**
 * The Cheese Stack: a tree of cheeses of which one branch, that with the most work, is the best. Only one thread may
 * use it. What it decides it tells as {@link StackStep}s; memory holds a window of headers and young coins.
 *
 * <p>No stored cheese ever has more work than the tip: what has more is judged at once, and becomes the tip or goes. So
 * when a rival turns out invalid half-way, its valid part needs no second look.
 */
public final class CheeseStack {

    private final Network network;
    private final CheeseStore store;
    private final Headers headers;
    private final CoinCache coins;
    /** Cheeses with valid proof of work that broke a rule in context; the rest is cheap to refuse again. */
    private final Map<Smell, Violation> condemned;

    /** The stack as the store has it. Reads a bounded number of headers, however high the stack. */
    public CheeseStack(Network network, CheeseStore store, StackLimits limits) {
        this.network = network;
        this.store = store;
        this.headers = new Headers(store, limits.maxHeaders());
        this.coins = new CoinCache(store, limits.maxCachedCoins());
        this.condemned = new BoundedMap<>(limits.maxCondemned());
    }

    /**
     * Adds a cheese where its parent is, whichever branch that is on. If its branch has strictly more work than the
     * tip, it takes over: on a tie the first seen stays. The steps are written in this order: stored, disconnected from
     * the tip down, connected from the fork up; or, if a stored cheese below is found invalid, condemned from the top
     * down. Nothing is written for an answer other than extended, reorganised, side branch and invalid.
     *
     * @param clockMillis the clock of this member
     * @param sink takes the steps; an exception from it, or from the store, leaves this stack unusable
     */
    public Added add(CheckedCheese cheese, long clockMillis, StackSink sink) {
        CheeseHeader header = cheese.header();
        Smell smell = cheese.smell();
        if (condemned.containsKey(smell) || headers.bySmell(smell).isPresent()) {
            return new Added.AlreadyKnown();
        }
        // HDR-BLUE-CHEESE: height 0 is the network's own Blue Cheese, which is always there.
        if (header.height() == 0) {
            return new Added.Invalid(smell, Violation.of(Rule.HDR_BLUE_CHEESE).with("smell", smell));
        }
        // HDR-PARENT-INVALID: the parent is not a cheese that was found invalid.
        Violation ofParent = condemned.get(header.parentSmell());
        if (ofParent != null) {
            return new Added.Invalid(smell, Violation.of(Rule.HDR_PARENT_INVALID)
                    .with("parentSmell", header.parentSmell())
                    .with("parentRule", ofParent.rule().id()));
        }
        Optional<StackedHeader> parent = headers.bySmell(header.parentSmell());
        if (parent.isEmpty()) {
            return new Added.ParentMissing(header.parentSmell());
        }
        Optional<Violation> violation = HeaderRules.inContext(header, parent.get(), network.parameters());
        if (violation.isPresent()) {
            return new Added.Invalid(smell, violation.get());
        }
        // HDR-TIME-EARLY: after the header's other rules, so that what waits is worth waiting for.
        if (HeaderRules.timing(header, clockMillis) != HeaderRules.Timing.DUE) {
            return new Added.TooEarly(header.timeMillis() - HeaderRules.MAX_AHEAD_MILLIS);
        }
        return place(cheese, parent.get(), sink);
    }

    private Added place(CheckedCheese cheese, StackedHeader parent, StackSink sink) {
        StackedHeader header = parent.child(cheese.header(), cheese.smell(), network.parameters());
        if (header.totalWork().compareTo(tip().totalWork()) <= 0) {
            keep(header, cheese, sink);
            return new Added.SideBranch(header);
        }
        return parent.smell().equals(tip().smell())
                ? extend(cheese, header, sink)
                : reorganise(cheese, header, parent, sink);
    }

    private Added extend(CheckedCheese cheese, StackedHeader header, StackSink sink) {
        CoinView inputs = coins.inputsOf(cheese, outPoint -> false);
        return switch (CheeseRules.inContext(cheese, inputs, network.parameters())) {
            case Outcome.Refused<CoinChanges>(Violation violation) -> {
                condemned.put(cheese.smell(), violation);
                yield new Added.Invalid(cheese.smell(), violation);
            }
            case Outcome.Passed<CoinChanges>(CoinChanges changes) -> {
                keep(header, cheese, sink);
                sink.write(new StackStep.Connected(header, cheese.cheese(), changes));
                coins.apply(changes);
                headers.connected(header);
                yield new Added.Extended(header);
            }
        };
    }

    private Added reorganise(CheckedCheese cheese, StackedHeader header, StackedHeader parent, StackSink sink) {
        Reorganisation reorganisation = new Reorganisation(network, store, headers, coins, cheese, parent);
        Optional<Reorganisation.Fault> fault = reorganisation.fault();
        if (fault.isPresent()) {
            Smell culprit = fault.get().culprit();
            Violation violation = fault.get().violation();
            condemned.put(cheese.smell(), violation);
            for (Smell stored : reorganisation.storedDownTo(culprit)) {
                sink.write(new StackStep.Condemned(stored));
                condemned.put(stored, violation);
                headers.condemned(stored);
            }
            return new Added.Invalid(culprit, violation);
        }
        StackedHeader oldTip = tip();
        keep(header, cheese, sink);
        reorganisation.tell(sink, header);
        return new Added.Reorganised(header, reorganisation.fork(), oldTip);
    }

    private void keep(StackedHeader header, CheckedCheese cheese, StackSink sink) {
        sink.write(new StackStep.Stored(header, cheese.cheese()));
        headers.stored(header);
    }

    /** The network whose stack this is. */
    public Network network() {
        return network;
    }

    /** The coins that are not spent on the best branch: always those of now, whenever it was asked for. */
    public CoinView coins() {
        return coins;
    }

    /** The highest cheese of the best branch. */
    public StackedHeader tip() {
        return headers.tip();
    }

    /** The header of a stored cheese, on whichever branch. */
    public Optional<StackedHeader> header(Smell smell) {
        return headers.bySmell(smell);
    }

    /** The header at this height on the best branch; empty below 0 and above the tip. */
    public Optional<StackedHeader> headerAt(int height) {
        return headers.atHeight(height);
    }

    /** Whether a stored cheese with this smell is on the best branch. */
    public boolean isOnBestBranch(Smell smell) {
        return headers.bySmell(smell).filter(headers::isOnBestBranch).isPresent();
    }

    /** Whether the cheese was found invalid lately, so that neither it nor its children are worth asking for. */
    public boolean isCondemned(Smell smell) {
        return condemned.containsKey(smell);
    }

    /** The highest cheese of the best branch at or below a stored one; empty if that is not stored. */
    public Optional<StackedHeader> fork(Smell smell) {
        Optional<StackedHeader> at = headers.bySmell(smell);
        while (at.isPresent() && !headers.isOnBestBranch(at.get())) {
            at = headers.bySmell(at.get().header().parentSmell());
        }
        return at;
    }

    /** What we have, for asking another for what follows: at most 64 smells, ten dense, then doubling, Blue Cheese. */
    public List<Smell> locator() {
        return headers.locator();
    }
}
