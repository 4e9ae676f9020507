package org.cheesecoin.member.peering;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import org.cheesecoin.chain.cheese.Smell;

/**
 * Encodings of the cheeses that peers asked for last, read once for all who ask at about the same time. Bounded in bytes.
 * They are shared: nobody may write into them.
 */
final class CheeseShelf {

    private final Function<Smell, Optional<byte[]>> source;
    private final long limitBytes;
    private final LinkedHashMap<Smell, byte[]> kept = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<Smell, CompletableFuture<Optional<byte[]>>> reading = new HashMap<>();
    private long keptBytes;

    CheeseShelf(Function<Smell, Optional<byte[]>> source, long limitBytes) {
        this.source = source;
        this.limitBytes = limitBytes;
    }

    /** The encoding of a stored cheese, on whichever branch. Reads, or waits for another who reads the same. */
    Optional<byte[]> encoded(Smell smell) {
        CompletableFuture<Optional<byte[]>> mine = new CompletableFuture<>();
        CompletableFuture<Optional<byte[]>> others;
        synchronized (this) {
            byte[] there = kept.get(smell);
            if (there != null) {
                return Optional.of(there);
            }
            others = reading.putIfAbsent(smell, mine);
        }
        if (others != null) {
            return others.join();
        }
        Optional<byte[]> read = Optional.empty();
        try {
            read = source.apply(smell);
            return read;
        } finally {
            // Where reading failed, those who waited for it are told that it is not there.
            finished(smell, read);
            mine.complete(read);
        }
    }

    private synchronized void finished(Smell smell, Optional<byte[]> read) {
        reading.remove(smell);
        read.filter(bytes -> bytes.length <= limitBytes).ifPresent(bytes -> {
            kept.put(smell, bytes);
            keptBytes += bytes.length;
            while (keptBytes > limitBytes) {
                Map.Entry<Smell, byte[]> oldest = kept.firstEntry();
                kept.remove(oldest.getKey());
                keptBytes -= oldest.getValue().length;
            }
        });
    }

    synchronized long keptBytes() {
        return keptBytes;
    }
}
