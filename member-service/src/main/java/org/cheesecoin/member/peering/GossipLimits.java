package org.cheesecoin.member.peering;

/**
 * What all links together may make this member hold, and how long a link may take for what. Counts, unless the name ends in
 * a unit.
 *
 * @param places connections that others opened, whatever their state
 * @param dialledPlaces connections of our own dials, whatever their state
 * @param handshakeMillis from the opening of a connection to the other end's whole proof, whatever else arrives
 * @param verdictMillis from there until the node has decided: it may have to wait for a pong of an older link
 * @param goodbyeMillis from the decision to close until it is closed: what is queued may go out before
 * @param roomBytes every link's own room, in each direction, for what is under way
 * @param queuedBytes messages that wait to be sent on one link, answers left out; with less than that, one more is taken
 * @param answerBytes answers beyond a link's own room, all links together
 * @param askedBytes frames that were asked for and are beyond a link's own room, all links together
 * @param unaskedBytes the same for frames that nobody asked for
 * @param shelfBytes encodings of cheeses that were served, kept for the next who asks
 * @param sendMillis time for a peer to take a message, beside what its size gives
 * @param receiveMillis time for a peer to send a message, beside what its size gives
 * @param patientBytesPerSecond the slowest peer that is served
 * @param shortMillis time instead while others wait for the same bytes
 * @param shortBytesPerSecond the slowest peer that is served while others wait
 */
record GossipLimits(
        int places,
        int dialledPlaces,
        long handshakeMillis,
        long verdictMillis,
        long goodbyeMillis,
        int roomBytes,
        int queuedBytes,
        long answerBytes,
        long askedBytes,
        long unaskedBytes,
        long shelfBytes,
        long sendMillis,
        long receiveMillis,
        int patientBytesPerSecond,
        long shortMillis,
        int shortBytesPerSecond) {

    private static final int ANSWERS_SHARE = 16;
    private static final int ASKED_SHARE = 32;
    private static final int UNASKED_SHARE = 128;
    private static final int SHELF_SHARE = 64;
    private static final long MILLIS_PER_SECOND = 1_000;

    /** Whether others wait for what a link holds. */
    enum Supply {
        AMPLE,
        SHORT
    }

    /** A sixteenth of the heap for answers, a thirty-second for frames that were asked for, and so on. */
    static GossipLimits ofHeap(long heapBytes) {
        return new GossipLimits(256, 64, 10_000, 60_000, 3_000, 100_000, 65_536,
                heapBytes / ANSWERS_SHARE, heapBytes / ASKED_SHARE, heapBytes / UNASKED_SHARE, heapBytes / SHELF_SHARE,
                20_000, 10_000, 50_000, 2_000, 1_000_000);
    }

    /** The same limits, but less patience. */
    GossipLimits withMillis(long newHandshakeMillis, long newSendMillis, long newReceiveMillis) {
        return new GossipLimits(places, dialledPlaces, newHandshakeMillis, verdictMillis, goodbyeMillis, roomBytes,
                queuedBytes, answerBytes, askedBytes, unaskedBytes, shelfBytes, newSendMillis, newReceiveMillis,
                patientBytesPerSecond, shortMillis, shortBytesPerSecond);
    }

    long millisToSend(long bytes, Supply supply) {
        return millis(sendMillis, bytes, supply);
    }

    long millisToReceive(long bytes, Supply supply) {
        return millis(receiveMillis, bytes, supply);
    }

    private long millis(long patientMillis, long bytes, Supply supply) {
        return switch (supply) {
            case AMPLE -> patientMillis + bytes * MILLIS_PER_SECOND / patientBytesPerSecond;
            case SHORT -> shortMillis + bytes * MILLIS_PER_SECOND / shortBytesPerSecond;
        };
    }
}
