package org.cheesecoin.member.peering;

import org.cheesecoin.chain.node.LinkAccount;
import org.cheesecoin.chain.node.NodeLimits;
import org.cheesecoin.member.node.FairBytes;
import org.cheesecoin.member.settings.MemoryPlan;
import org.cheesecoin.member.settings.MemoryPlan.Share;

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
 * @param smallBytes up to here a message or answer draws on the pools for small ones
 * @param queuedBytes messages that wait to be sent on one link, answers left out; with less than that, one more is taken
 * @param smallAnswerBytes small answers, all links together
 * @param answerBytes larger answers, all links together
 * @param smallFrameBytes small frames that are put together, all links together
 * @param askedBytes larger frames that were asked for, all links together
 * @param unaskedBytes larger frames that nobody asked for, all links together
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
        int smallBytes,
        int queuedBytes,
        long smallAnswerBytes,
        long answerBytes,
        long smallFrameBytes,
        long askedBytes,
        long unaskedBytes,
        long shelfBytes,
        long sendMillis,
        long receiveMillis,
        int patientBytesPerSecond,
        long shortMillis,
        int shortBytesPerSecond) {

    /** Links that may have been told or asked anything: the node's slots. */
    private static final int LINKS = NodeLimits.defaults().links();

    /** What a frame has beside what is in it: type and count. */
    private static final int FRAME_BYTES = 3;
    private static final long MILLIS_PER_SECOND = 1_000;

    /** Whether others wait for what a link holds. */
    enum Supply {
        AMPLE,
        SHORT;

        /** Whether others wait for this. */
        static Supply of(FairBytes pool) {
            return pool.isShort() ? SHORT : AMPLE;
        }
    }

    /**
     * What the plan of the heap says. Of the share for answers an eighth is for small ones, a quarter for large ones, an
     * eighth for the shelf, a quarter for queues of messages, and as much for the one more that each takes. Of the share for
     * frames three sixteenths are for small ones, a quarter and a sixteenth for large ones, a quarter for the mailbox, and
     * the rest for every link's own room and buffer.
     */
    static GossipLimits of(MemoryPlan plan) {
        long answers = plan.bytes(Share.ANSWERS);
        long frames = plan.bytes(Share.FRAMES);
        return new GossipLimits(256, 64, 10_000, 60_000, 3_000, 4_096, LinkAccount.ANSWER_BYTES + FRAME_BYTES,
                Math.clamp(answers / 4 / LINKS, 4_096, 65_536), answers / 8, answers / 4, frames * 3 / 16, frames / 4,
                frames / 16, answers / 8, 20_000, 10_000, 50_000, 2_000, 1_000_000);
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
