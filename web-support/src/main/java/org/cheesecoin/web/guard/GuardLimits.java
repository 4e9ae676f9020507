package org.cheesecoin.web.guard;

/**
 * What strangers may make the HTTP server hold, and for how long. Times are by the clock from the first byte, whatever
 * comes meanwhile.
 *
 * @param connections open connections, those that were upgraded not counted: an idle one takes about 2 KB
 * @param heads connections on which a request has begun whose head is not complete: each holds a parser's buffers, about
 *     25 KB
 * @param bodies calls whose body is still on its way: each holds a thread and all that makes up a call, about 45 KB
 * @param calls calls at work; further ones wait. Each holds about 45 KB beside what it works on
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
        Share bodyBytes,
        int headMillis,
        int bodyMillis,
        int bodyBytesPerSecond,
        int answerMillis,
        int answerBytesPerSecond,
        int idleMillis) {

    private static final int SMALLEST_BODY_ROOM = 256 * 1_024;

    /**
     * What fits into 12 MB with the costs above: 1,024 connections 2 MB, 48 heads 1 MB, 48 calls (of them 24 waiting for a
     * body) with a page of their answer each 7 MB, and room for two of the longest bodies.
     *
     * @param maxBodyBytes longest body
     */
    public static GuardLimits forBodiesOf(int maxBodyBytes) {
        long room = Math.max(SMALLEST_BODY_ROOM, maxBodyBytes + maxBodyBytes / 8L);
        return new GuardLimits(
                new Share(1_024, 256),
                new Share(48, 24),
                new Share(24, 12),
                new Share(48, 24),
                new Share(2 * room, room),
                10_000,
                10_000,
                50_000,
                10_000,
                50_000,
                30_000);
    }

    /** The same without limits for one address: where a proxy stands before the service, all are one. */
    public GuardLimits behindProxy() {
        return new GuardLimits(connections.forAllAlike(), heads.forAllAlike(), bodies.forAllAlike(),
                calls.forAllAlike(),
                bodyBytes.forAllAlike(), headMillis, bodyMillis, bodyBytesPerSecond, answerMillis, answerBytesPerSecond,
                idleMillis);
    }
}
