package org.cheesecoin.member.settings;

/**
 * Who may hold how much of the heap: the one table. What a member holds at rest is left aside, and the rest is divided
 * into named shares, for whatever strangers, peers, users or the stack can fill. Each grows with the heap up to a most,
 * and all of them together never pass what is there; {@code MemoryPlanTest} adds them up. A member that exceeded its heap
 * ended, so that each owner of a share counts in bytes of memory, not of messages.
 *
 * @param heapBytes the most that the heap may grow to
 */
public record MemoryPlan(long heapBytes) {

    /** The heap that the launcher gives a member, in bytes: the smallest that the documents name. */
    public static final long LAUNCHER_HEAP_BYTES = 160L << 20;

    /**
     * What a member holds at rest, in bytes: 54 MiB of Spring, Tomcat, Hibernate and H2, as a class histogram shows them
     * after a collection in a member with an empty stack, and seven for what its work throws away.
     */
    public static final long REST_BYTES = 61L << 20;

    /** Of a heap that is hardly larger than that, this part is divided all the same. */
    private static final int LEAST_PART = 8;

    /** One share: its part of all, and the most that it takes in a large heap, both in KiB. */
    public enum Share {

        /** Answers to peers that are made and not yet sent. */
        ANSWERS(9_216, 65_536),
        /** Frames of peers that are put together, and messages that wait for the loop. */
        FRAMES(9_216, 65_536),
        /** Sockets, heads and bodies of calls over HTTP. */
        HTTP(12_288, 98_304),
        /** Cheeses that wait for their turn, and one more of the largest on which they wait. */
        CHEESES(14_336, 87_891),
        /** The mempool with what is found by address in it. */
        MEMPOOL(20_480, 62_500),
        /** Changes that are not written yet; while the mempool is smaller than its share, they may have the rest of it. */
        CHANGES(8_192, 62_500),
        /** The cache of H2. */
        DATABASE(8_192, 65_536),
        /** Unspent coins. */
        COINS(5_120, 29_297),
        /** Headers that are not of the stack. */
        HEADERS(2_048, 48_829),
        /** What each peer is known to know. */
        KNOWN(2_867, 6_144),
        /** Payments that peers announced, and were asked for or will be. */
        ASKED(1_536, 5_400),
        /** Payments whose signatures are being checked. */
        CHECKS(2_048, 19_532),
        /** Payments that wait for a parent. */
        ORPHANS(614, 9_766),
        /** Compact cheeses that lack payments. */
        COMPACT(1_024, 3_907),
        /** What cheeses spent last. */
        SPENT(512, 3_907),
        /** Payments that left the mempool without being confirmed. */
        LEFT(512, 9_766),
        /** Events that readers may come back to. */
        EVENTS(1_024, 4_096),
        /** Peers, bans, the window of headers, what was refused: bounded by counts. */
        COUNTED(1_843, 1_843);

        private final long part;
        private final long mostKibibytes;

        Share(long part, long mostKibibytes) {
            this.part = part;
            this.mostKibibytes = mostKibibytes;
        }

        private static long allParts() {
            long all = 0;
            for (Share share : values()) {
                all += share.part;
            }
            return all;
        }
    }

    /** That of this process. */
    public static MemoryPlan ofThisProcess() {
        return new MemoryPlan(Runtime.getRuntime().maxMemory());
    }

    /** What is divided, in bytes. */
    public long dividedBytes() {
        return Math.max(heapBytes - REST_BYTES, heapBytes / LEAST_PART);
    }

    /** How much one share is, in bytes. */
    public long bytes(Share share) {
        return Math.min(share.mostKibibytes << 10, dividedBytes() / Share.allParts() * share.part);
    }
}
