package org.cheesecoin.chain.node;

import java.util.Optional;

import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.Violation;

/**
 * What one link may make the driver do below the messages: WebSocket frames and reads of a few bytes. A message is
 * counted by the node; but a ping, an empty fragment, or a byte that arrives alone makes no message, and costs as much
 * processor time as one. Large frames are not counted here: their bytes are, where messages are put together.
 */
public final class FrameAllowance {

    /** Small frames and small reads together: twice the messages of a link, since each may arrive alone. */
    public static final int FRAMES_PER_SECOND = 2 * LinkAccount.MESSAGES_PER_SECOND;

    /** As many at once: twice what a link may send at once. */
    public static final int FRAMES_BURST = 2 * LinkAccount.MESSAGES_BURST;

    /** A frame or read of at least so many bytes pays for itself. */
    public static final int SMALL_BYTES = 1_024;

    /** Pings answered; a WebSocket that only looks for life sends one in several seconds. */
    public static final int PONGS_PER_SECOND = 1;

    /** As many pings at once. */
    public static final int PONGS_BURST = 10;

    private final TokenBucket frames;
    private final TokenBucket pongs;

    /** @param nowMillis the time, of a clock that never goes back */
    public FrameAllowance(long nowMillis) {
        this.frames = new TokenBucket(FRAMES_PER_SECOND, FRAMES_BURST, nowMillis);
        this.pongs = new TokenBucket(PONGS_PER_SECOND, PONGS_BURST, nowMillis);
    }

    /** A frame begins, of any kind; NET-RATE where there were too many small ones. */
    public Optional<Violation> frame(long payloadBytes, long nowMillis) {
        return take("frame", payloadBytes, nowMillis);
    }

    /** So many bytes were there to read at once; NET-RATE where that was too little too often. */
    public Optional<Violation> read(int bytes, long nowMillis) {
        return take("read", bytes, nowMillis);
    }

    private Optional<Violation> take(String what, long bytes, long nowMillis) {
        // NET-RATE: a peer keeps to the rate of messages and bytes.
        return bytes >= SMALL_BYTES || frames.take(1, nowMillis) ? Optional.empty()
                : Optional.of(Violation.of(Rule.NET_RATE)
                        .with("counted", what)
                        .with("framesPerSecond", FRAMES_PER_SECOND));
    }

    /** Whether one more ping is answered. Who pings more often gets fewer answers, which RFC 6455 (5.5.3) allows. */
    public boolean mayAnswerPing(long nowMillis) {
        return pongs.take(1, nowMillis);
    }
}
