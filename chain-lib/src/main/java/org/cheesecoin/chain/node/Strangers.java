package org.cheesecoin.chain.node;

/**
 * One budget for all whose links are younger than {@link NodeLimits#youngMillis()}, together: ids are free to make, so
 * that what they may cost us must not grow with their number. Whoever finds it spent need not be the one who spent it:
 * nobody gets points for it.
 */
final class Strangers {

    /** Handshakes that others begin: each costs a signature and a check. */
    static final int HANDSHAKES_PER_SECOND = 20;

    /** As many handshakes at once, as where a whole network starts. */
    static final int HANDSHAKES_BURST = 100;

    /** Signatures of payments that are checked: a payment may have a thousand. */
    static final int CHECKS_PER_SECOND = 1_000;

    /** As many signatures at once. */
    static final int CHECKS_BURST = 5_000;

    /** Bytes of messages that were not asked for: twelve times what a member announces at most. */
    static final int BYTES_PER_SECOND = 4_000_000;

    /** As many bytes at once. */
    static final int BYTES_BURST = 16_000_000;

    private final NodeLimits limits;
    private final Outbox outbox;
    private final TokenBucket handshakes;
    private final TokenBucket checks;
    private final TokenBucket bytes;

    Strangers(NodeLimits limits, Outbox outbox) {
        this.limits = limits;
        this.outbox = outbox;
        this.handshakes = new TokenBucket(HANDSHAKES_PER_SECOND, HANDSHAKES_BURST, outbox.nowMillis());
        this.checks = new TokenBucket(CHECKS_PER_SECOND, CHECKS_BURST, outbox.nowMillis());
        this.bytes = new TokenBucket(BYTES_PER_SECOND, BYTES_BURST, outbox.nowMillis());
    }

    /** Whether one more handshake that another began is answered. */
    boolean mayShakeHands() {
        return handshakes.take(1, outbox.nowMillis());
    }

    /** Whether the signatures of one more payment of this link are checked. */
    boolean mayHaveChecked(Link link, int signatures) {
        return !isYoung(link) || checks.take(signatures, outbox.nowMillis());
    }

    /** Whether a message of this link that was not asked for is looked at. */
    boolean mayBeHeard(Link link, int sizeBytes) {
        return !isYoung(link) || bytes.take(sizeBytes, outbox.nowMillis());
    }

    private boolean isYoung(Link link) {
        return outbox.nowMillis() - link.readyAtMillis < limits.youngMillis();
    }
}
