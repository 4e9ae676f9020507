package org.cheesecoin.chain.node;

import java.util.Optional;

import org.cheesecoin.chain.cheese.Smell;

/**
 * What one link may make this member do and hold: its messages, its bytes, its questions, and the one answer that is open.
 * Whoever goes beyond pays NET-RATE.
 */
public final class LinkAccount {

    /**
     * Bytes of an answer that a node makes itself ({@link Output.Answer}): the largest payment, so that one always fits. A
     * driver must have so much room for each link.
     */
    public static final int ANSWER_BYTES = 100_000;

    /**
     * Cheeses of one {@link Output.Serve}: a slow link is asked for no more at first, and its other questions wait behind
     * these.
     */
    public static final int CHEESES_PER_ANSWER = 8;

    /** Messages of any kind, asked for or not. */
    static final int MESSAGES_PER_SECOND = 500;

    /** As many messages at once: a thousand payments that were asked for may come in a thousand messages. */
    static final int MESSAGES_BURST = 5_000;

    /** Bytes of messages that nobody asked for: three times what a member announces at most. */
    static final int UNASKED_BYTES_PER_SECOND = 1_000_000;

    /** As many bytes at once. */
    static final int UNASKED_BYTES_BURST = 4_000_000;

    /** Which kind of question is looked at next, so that none waits behind all of another. */
    enum Turn {
        HEADERS,
        CHEESE_TRANSACTIONS,
        PAYMENTS,
        CHEESES,
        PEERS;

        Turn next() {
            return values()[(ordinal() + 1) % values().length];
        }
    }

    final TokenBucket messageRate;
    final TokenBucket unaskedBytes;
    final Strangers.Floor floor;
    final Questions questions = new Questions();
    Turn turn = Turn.HEADERS;
    boolean answerOpen;
    /** The tip when the open answer was begun, if that tells of headers. */
    Optional<Smell> servedUpTo = Optional.empty();
    boolean peersWanted;
    long peersDueMillis;

    LinkAccount(long nowMillis) {
        this.messageRate = new TokenBucket(MESSAGES_PER_SECOND, MESSAGES_BURST, nowMillis);
        this.unaskedBytes = new TokenBucket(UNASKED_BYTES_PER_SECOND, UNASKED_BYTES_BURST, nowMillis);
        this.floor = new Strangers.Floor(nowMillis);
    }
}
