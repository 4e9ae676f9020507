package org.cheesecoin.web.guard;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;

/**
 * Places that a newcomer always gets: where there is none left, the one who has sat longest, of the same address or of
 * the one that has most, is to go. Who means to finish is there for moments, who means to hold a place sits longest.
 * Safe to share.
 *
 * @param <T> who sits there
 */
final class Places<T> {

    private final Share share;
    private final Map<String, SequencedSet<T>> byAddress = new LinkedHashMap<>();
    private int total;

    Places(Share share) {
        this.share = share;
    }

    /** Seats this one; who has to go for it, and has no place any more. */
    synchronized Optional<T> enter(String address, T newcomer) {
        SequencedSet<T> own = byAddress.computeIfAbsent(address, _ -> new LinkedHashSet<>());
        Optional<T> leaver = Optional.empty();
        if (own.size() >= share.each()) {
            leaver = Optional.of(own.getFirst());
            leave(address, own.getFirst());
        } else if (total >= share.all()) {
            leaver = longestOfMost();
        }
        if (byAddress.computeIfAbsent(address, _ -> new LinkedHashSet<>()).add(newcomer)) {
            total++;
        }
        return leaver;
    }

    /** Gives up a place; does nothing where there is none. */
    synchronized void leave(String address, T leaver) {
        SequencedSet<T> own = byAddress.get(address);
        if (own != null && own.remove(leaver)) {
            total--;
            if (own.isEmpty()) {
                byAddress.remove(address);
            }
        }
    }

    /** Who has sat longest of this address, and has no place any more. */
    synchronized Optional<T> longestOf(String address) {
        SequencedSet<T> own = byAddress.get(address);
        if (own == null || own.isEmpty()) {
            return Optional.empty();
        }
        T longest = own.getFirst();
        leave(address, longest);
        return Optional.of(longest);
    }

    /** Who has sat longest of the address that has most, and has no place any more. */
    synchronized Optional<T> longestOfMost() {
        return byAddress.entrySet().stream()
                .max(Comparator.comparingInt(it -> it.getValue().size()))
                .map(Map.Entry::getKey)
                .flatMap(this::longestOf);
    }

    synchronized int total() {
        return total;
    }
}
