package org.cheesecoin.web.guard;

/**
 * What strangers may make the HTTP server hold, and for how long. Times are by the clock from the first byte, whatever
 * comes meanwhile.
 *
 * @param connections open connections, those that were upgraded not counted
 * @param heads connections on which a request has begun whose head is not complete: each holds a parser
 * @param bodies calls whose body is still on its way, of those at work
 * @param calls calls at work; further ones wait
 * @param writers calls that wait for the reader of their answer, of those at work; who has waited longest gives way
 * @param bodyBytes bytes of bodies, from when they come to when their call is done
 * @param headMillis how long a head may take
 * @param bodyMillis how long a body may take beside {@code bodyBytesPerSecond}
 * @param bodyBytesPerSecond how slow a long body may come
 * @param answerMillis how long the answers of one call may wait for their reader, beside {@code answerBytesPerSecond}
 * @param answerBytesPerSecond how slowly a long answer may be read
 * @param idleMillis how long a connection may wait for its first request, or the next
 */
public record GuardLimits(
        Share connections,
        Share heads,
        Share bodies,
        Share calls,
        Share writers,
        Share bodyBytes,
        int headMillis,
        int bodyMillis,
        int bodyBytesPerSecond,
        int answerMillis,
        int answerBytesPerSecond,
        int idleMillis) {

    /**
     * What a connection takes that is idle or waits for its turn, in bytes: 1.3 KB were measured of an idle one, and the
     * thread that waits has 2.2 KB.
     */
    public static final int CONNECTION_BYTES = 4_096;
    /** What a parser takes, in bytes, with the buffers of its connection: 33 KB were measured. */
    public static final int PARSER_BYTES = 33_792;
    /** What a call takes beside what it works on, in bytes, its parser and its thread with it: 45 KB were measured. */
    public static final int CALL_BYTES = 46_080;
    /** What a page of an answer takes, in bytes: longer answers have limits of their own. */
    public static final int PAGE_BYTES = 153_600;
    /** Parsers kept for the next request: as many as work at once on a busy day. */
    static final int SPARE_PARSERS = 16;

    private static final int SMALLEST_BODY_ROOM = 256 * 1_024;
    private static final int MOST_CONNECTIONS = 1_024;
    private static final int MOST_HEADS = 48;
    private static final int MOST_CALLS = 48;
    private static final int LEAST = 6;
    /** Parts of the room: a quarter for connections, a twelfth for heads, a fifth for bytes of bodies, the rest for calls. */
    private static final int CONNECTIONS_PART = 4;
    private static final int HEADS_PART = 12;
    private static final int BODIES_PART = 5;
    /**
     * A third of the calls may wait for their body and a third for their reader, so that a third is left for whoever does
     * neither. Who waits for a body has made no page yet.
     */
    private static final int WAITING_PART = 3;

    /**
     * What fits into so many bytes, all of it full at once. Room for one of the longest bodies is always there, and room
     * for two where they fit: an owner who takes longer bodies gives more heap.
     *
     * @param bytes room in memory
     * @param maxBodyBytes longest body
     */
    public static GuardLimits within(long bytes, int maxBodyBytes) {
        long oneBody = Math.max(SMALLEST_BODY_ROOM, maxBodyBytes + maxBodyBytes / 8L);
        long bodyBytes = Math.clamp(bytes / BODIES_PART, oneBody, 2 * oneBody);
        long connections = Math.clamp(bytes / CONNECTIONS_PART / CONNECTION_BYTES, LEAST, MOST_CONNECTIONS);
        long heads = Math.clamp(bytes / HEADS_PART / PARSER_BYTES, LEAST, MOST_HEADS);
        long left = bytes - bodyBytes - connections * CONNECTION_BYTES - (heads + SPARE_PARSERS) * PARSER_BYTES;
        long thirds = WAITING_PART * CALL_BYTES + (WAITING_PART - 1L) * PAGE_BYTES;
        long third = Math.clamp(left / thirds, LEAST / WAITING_PART, MOST_CALLS / WAITING_PART);
        return new GuardLimits(
                new Share(connections, connections / 4),
                half(heads),
                half(third),
                half(WAITING_PART * third),
                half(third),
                new Share(bodyBytes, oneBody),
                10_000,
                10_000,
                50_000,
                10_000,
                50_000,
                30_000);
    }

    private static Share half(long all) {
        return new Share(all, all / 2);
    }

    /** What all of it takes when it is full at once, in bytes. */
    public long worstBytes() {
        long parsers = heads.all() + SPARE_PARSERS;
        long pages = calls.all() - bodies.all();
        return connections.all() * CONNECTION_BYTES + parsers * PARSER_BYTES + calls.all() * CALL_BYTES
                + pages * PAGE_BYTES + bodyBytes.all();
    }
}
