package org.cheesecoin.chain.node;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.consensus.StackedHeader;

/**
 * Checked headers whose cheeses are not stored: branches that stand on the stack. When there are too many, the branch
 * with the least work loses its highest header.
 */
final class HeaderTree {

    private record Candidate(StackedHeader header, long sequence) {}

    // Most work first; among equals the first seen.
    private static final Comparator<Candidate> BEST_FIRST = Comparator.comparing(
            (Candidate candidate) -> candidate.header().totalWork())
            .reversed()
            .thenComparing(Candidate::sequence);

    private final int limit;
    private final Map<Smell, Candidate> candidates = new HashMap<>();
    private final Map<Smell, List<Smell>> children = new HashMap<>();
    private final TreeSet<Candidate> leaves = new TreeSet<>(BEST_FIRST);
    private long nextSequence;

    HeaderTree(int limit) {
        this.limit = limit;
    }

    Optional<StackedHeader> get(Smell smell) {
        return Optional.ofNullable(candidates.get(smell)).map(Candidate::header);
    }

    boolean contains(Smell smell) {
        return candidates.containsKey(smell);
    }

    int size() {
        return candidates.size();
    }

    void add(StackedHeader header) {
        if (candidates.containsKey(header.smell())) {
            return;
        }
        Candidate candidate = new Candidate(header, nextSequence++);
        candidates.put(header.smell(), candidate);
        Smell parent = header.header().parentSmell();
        children.computeIfAbsent(parent, none -> new ArrayList<>(1)).add(header.smell());
        Candidate below = candidates.get(parent);
        if (below != null) {
            leaves.remove(below);
        }
        leaves.add(candidate);
        while (candidates.size() > limit) {
            removeLeaf(leaves.last());
        }
    }

    /** The branch up to and with this header, ascending, from the first one that is not stored. */
    List<StackedHeader> pathTo(Smell smell) {
        List<StackedHeader> path = new ArrayList<>();
        Candidate candidate = candidates.get(smell);
        while (candidate != null) {
            path.add(candidate.header());
            candidate = candidates.get(candidate.header().header().parentSmell());
        }
        Collections.reverse(path);
        return path;
    }

    /** Whether at least so many headers of this branch are here, up to and with this one. */
    boolean holds(Smell smell, int count) {
        Candidate candidate = candidates.get(smell);
        int found = 0;
        while (candidate != null && found < count) {
            found++;
            candidate = candidates.get(candidate.header().header().parentSmell());
        }
        return found >= count;
    }

    /** The cheese is stored: its header leaves the tree, those above stay. */
    void stored(Smell smell) {
        Candidate candidate = candidates.remove(smell);
        if (candidate != null) {
            leaves.remove(candidate);
            forgetChild(candidate);
        }
    }

    /** The cheese is invalid: it goes with all above it. */
    void condemn(Smell smell) {
        ArrayDeque<Smell> doomed = new ArrayDeque<>(List.of(smell));
        while (!doomed.isEmpty()) {
            Smell next = doomed.remove();
            doomed.addAll(children.getOrDefault(next, List.of()));
            Candidate candidate = candidates.remove(next);
            children.remove(next);
            if (candidate != null) {
                leaves.remove(candidate);
                forgetChild(candidate);
                becomeLeaf(candidate);
            }
        }
    }

    private void removeLeaf(Candidate leaf) {
        leaves.remove(leaf);
        candidates.remove(leaf.header().smell());
        forgetChild(leaf);
        becomeLeaf(leaf);
    }

    private void forgetChild(Candidate candidate) {
        Smell parent = candidate.header().header().parentSmell();
        List<Smell> siblings = children.get(parent);
        if (siblings != null) {
            siblings.remove(candidate.header().smell());
            if (siblings.isEmpty()) {
                children.remove(parent);
            }
        }
    }

    /** The parent of one that was removed is a leaf if nothing else stands on it. */
    private void becomeLeaf(Candidate removed) {
        Smell parent = removed.header().header().parentSmell();
        Candidate below = candidates.get(parent);
        if (below != null && !children.containsKey(parent)) {
            leaves.add(below);
        }
    }
}
