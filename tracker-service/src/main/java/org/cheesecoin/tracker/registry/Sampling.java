package org.cheesecoin.tracker.registry;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Random samples, of members without repetition. */
final class Sampling {

    private Sampling() {}

    /**
     * How many of n others a member is told: ⌊4·ln(n + 3.5) − 4⌋, and all where n is at most four. Random graphs with
     * that many edges for each node hang together.
     */
    static int size(int others) {
        return Math.min(others, (int) Math.floor(4 * Math.log(others + 3.5) - 4));
    }

    /** So many of the items, each as likely as another, in random order. */
    static <T> List<T> of(List<T> items, int wanted, RandomGenerator random) {
        int count = Math.min(wanted, items.size());
        // Floyd's algorithm: as many steps as items wanted, however many there are
        Set<Integer> chosen = new HashSet<>();
        for (int last = items.size() - count; last < items.size(); last++) {
            int pick = random.nextInt(last + 1);
            chosen.add(chosen.contains(pick) ? last : pick);
        }
        List<T> sample = new ArrayList<>(count);
        for (int index : chosen) {
            sample.add(items.get(index));
        }
        Collections.shuffle(sample, random);
        return sample;
    }
}
