package org.cheesecoin.chain.node;

/**
 * What links that others opened, or that are younger than {@link NodeLimits#youngMillis()}, may cost: a little for each that
 * no other can use up, and beyond that one budget for all that are young and another for all that are not, since ids are
 * free to make and time passes by itself. Whoever finds a shared budget spent need not be the one who spent it: nobody gets
 * points for it.
 */
final class Strangers {

    /** Signatures of payments that are checked: a payment may have a thousand. */
    static final int CHECKS_PER_SECOND = 1_000;

    /** As many signatures at once. */
    static final int CHECKS_BURST = 5_000;

    /** Messages that were not asked for: at most a tenth of the loop's time, at 50 microseconds each. */
    static final int MESSAGES_PER_SECOND = 2_000;

    /** As many messages at once. */
    static final int MESSAGES_BURST = 10_000;

    /** Bytes of messages that were not asked for: twelve times what a member announces at most. */
    static final int BYTES_PER_SECOND = 4_000_000;

    /** As many bytes at once. */
    static final int BYTES_BURST = 16_000_000;

    /** All together that are known longer may say so many times what strangers may: they are kept out of their way. */
    static final int KNOWN_FACTOR = 2;

    /** What one link has for itself. */
    static final class Floor {

        /** Pings, ten announcements a second and what a new tip brings. */
        static final int MESSAGES_PER_SECOND = 20;

        /** As many messages at once. */
        static final int MESSAGES_BURST = 100;

        /** Announcements of 500 payments a second. */
        static final int BYTES_PER_SECOND = 16_000;

        /** As many bytes at once: the largest compact cheese, which comes when it comes. */
        static final int BYTES_BURST = 200_000;

        /** Signatures of payments that are checked. */
        static final int CHECKS_PER_SECOND = 5;

        /** As many signatures at once. */
        static final int CHECKS_BURST = 50;

        private final TokenBucket messages;
        private final TokenBucket bytes;
        private final TokenBucket checks;

        Floor(long nowMillis) {
            this.messages = new TokenBucket(MESSAGES_PER_SECOND, MESSAGES_BURST, nowMillis);
            this.bytes = new TokenBucket(BYTES_PER_SECOND, BYTES_BURST, nowMillis);
            this.checks = new TokenBucket(CHECKS_PER_SECOND, CHECKS_BURST, nowMillis);
        }
    }

    private final NodeLimits limits;
    private final Outbox outbox;
    private final TokenBucket checks;
    private final TokenBucket messages;
    private final TokenBucket bytes;
    private final TokenBucket knownMessages;
    private final TokenBucket knownBytes;

    Strangers(NodeLimits limits, Outbox outbox) {
        this.limits = limits;
        this.outbox = outbox;
        this.checks = new TokenBucket(CHECKS_PER_SECOND, CHECKS_BURST, outbox.nowMillis());
        this.messages = new TokenBucket(MESSAGES_PER_SECOND, MESSAGES_BURST, outbox.nowMillis());
        this.bytes = new TokenBucket(BYTES_PER_SECOND, BYTES_BURST, outbox.nowMillis());
        this.knownMessages = new TokenBucket(
                KNOWN_FACTOR * MESSAGES_PER_SECOND, KNOWN_FACTOR * MESSAGES_BURST, outbox.nowMillis());
        this.knownBytes = new TokenBucket(
                KNOWN_FACTOR * BYTES_PER_SECOND, KNOWN_FACTOR * BYTES_BURST, outbox.nowMillis());
    }

    /** Whether the signatures of one more payment of this link are checked. */
    boolean mayHaveChecked(Link link, int signatures) {
        long now = outbox.nowMillis();
        return !isYoung(link) || link.account.floor.checks.take(signatures, now) || checks.take(signatures, now);
    }

    /** Whether a message of this link that was not asked for is looked at. */
    boolean mayBeHeard(Link link, int sizeBytes) {
        Floor floor = link.account.floor;
        if (!isYoung(link) && link.isOutbound() || takeBoth(floor.messages, floor.bytes, sizeBytes)) {
            return true;
        }
        return isYoung(link)
                ? takeBoth(messages, bytes, sizeBytes)
                : takeBoth(knownMessages, knownBytes, sizeBytes);
    }

    private boolean takeBoth(TokenBucket ofMessages, TokenBucket ofBytes, int sizeBytes) {
        long now = outbox.nowMillis();
        return ofMessages.holds(1, now) && ofBytes.take(sizeBytes, now) && ofMessages.take(1, now);
    }

    private boolean isYoung(Link link) {
        return outbox.nowMillis() - link.readyAtMillis < limits.youngMillis();
    }
}
