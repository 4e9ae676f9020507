package org.cheesecoin.member.mining;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.CheeseHeader;
import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.chain.consensus.HeaderRules;
import org.cheesecoin.chain.mempool.CheeseTemplate;
import org.cheesecoin.chain.mining.NonceSearch;
import org.cheesecoin.member.node.Mailbox;
import org.cheesecoin.member.node.MemberClock;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Mines cheeses at once, one after the other, on a network that allows it. Any thread may ask; one is served. Whatever is
 * wished, a request ends in time.
 */
@Component
public class OnDemandMiner {

    /** How long one request may go on, in milliseconds: more than a thousand cheeses on a slow disk. */
    public static final long MAX_REQUEST_MILLIS = 120_000;

    /**
     * What a request waits for the loop, or for another request, in milliseconds. The last cheese may be asked for and handed
     * in after the time of the request is over, so an answer comes at most twice this later.
     */
    public static final long MAX_WAIT_MILLIS = 20_000;

    private static final byte[] TEXT = "on demand".getBytes(StandardCharsets.UTF_8);
    private static final long CHUNK_NONCES = 10_000;
    private static final int MAX_RIVALS = 10;

    /** What came of a request. */
    public sealed interface Mined {

        /** All were mined, and are committed. */
        record All(List<Cheese> cheeses) implements Mined {}

        /**
         * Some were, and then it came to a halt.
         *
         * @param cheeses those that were
         * @param reason why no more, for people
         * @param violation the rule that stands against more, if one does
         */
        record Halted(List<Cheese> cheeses, String reason, Optional<Violation> violation) implements Mined {}
    }

    /** What came of one more cheese of a request. */
    private sealed interface Attempt {

        /** It is found; where it was handed in, it is the tip and committed. */
        record Found(Cheese cheese) implements Attempt {}

        /** Another came first. */
        record Beaten() implements Attempt {}

        /**
         * The request ends before it has all that it wants.
         *
         * @param reason why, for people
         * @param violation the rule that stands against more, if one does
         */
        record Halt(String reason, Optional<Violation> violation) implements Attempt {

            static Halt because(String reason) {
                return new Halt(reason, Optional.empty());
            }

            static Halt because(Violation violation) {
                return new Halt(violation.message(), Optional.of(violation));
            }
        }
    }

    private final Mailbox mailbox;
    private final HandIn handIn;
    private final PayTo payTo;
    private final MemberClock clock;
    private final ReentrantLock oneAtATime = new ReentrantLock(true);
    private final AtomicLong halts = new AtomicLong();

    OnDemandMiner(Mailbox mailbox, HandIn handIn, PayTo payTo, MemberClock clock) {
        this.mailbox = mailbox;
        this.handIn = handIn;
        this.payTo = payTo;
        this.clock = clock;
    }

    /**
     * One request.
     *
     * @param endMillis by the steady clock
     * @param halts how many there had been when it came
     */
    private record Request(long endMillis, long halts) {}

    /** Mines so many cheeses on the tip and waits until each is committed. */
    public Mined mine(int count) {
        Request request = new Request(clock.steadyMillis() + MAX_REQUEST_MILLIS, halts.get());
        List<Cheese> mined = new ArrayList<>();
        Optional<Attempt.Halt> halt;
        try {
            halt = inTurn(count, mined, request);
        } catch (TimeoutException | ExecutionException _) {
            halt = Optional.of(Attempt.Halt.because("the loop does not answer"));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            halt = Optional.of(Attempt.Halt.because("the member is stopping"));
        }
        return halt.<Mined>map(it -> new Mined.Halted(mined, it.reason(), it.violation()))
                .orElseGet(() -> new Mined.All(mined));
    }

    private Optional<Attempt.Halt> inTurn(int count, List<Cheese> mined, Request request)
            throws InterruptedException, ExecutionException, TimeoutException {
        if (!oneAtATime.tryLock(MAX_WAIT_MILLIS, TimeUnit.MILLISECONDS)) {
            return Optional.of(Attempt.Halt.because("another request mines"));
        }
        try {
            return mine(count, mined, request);
        } finally {
            oneAtATime.unlock();
        }
    }

    /** Answers why it ended before it had so many, if it did. */
    private Optional<Attempt.Halt> mine(int count, List<Cheese> mined, Request request)
            throws InterruptedException, ExecutionException, TimeoutException {
        int rivals = 0;
        while (mined.size() < count) {
            switch (next(request)) {
                case Attempt.Halt halt -> {
                    return Optional.of(halt);
                }
                case Attempt.Found(Cheese cheese) -> mined.add(cheese);
                case Attempt.Beaten() -> rivals++;
            }
            if (rivals > MAX_RIVALS) {
                return Optional.of(Attempt.Halt.because("others' cheeses come first"));
            }
        }
        return Optional.empty();
    }

    private Attempt next(Request request) throws InterruptedException, ExecutionException, TimeoutException {
        Optional<Attempt.Halt> objection = objection(request);
        if (objection.isPresent()) {
            return objection.get();
        }
        Optional<CheeseTemplate> template = mailbox.call(Miner::template).get(MAX_WAIT_MILLIS, TimeUnit.MILLISECONDS);
        if (template.isEmpty()) {
            return Attempt.Halt.because("the member is catching up with its peers");
        }
        Attempt found = search(template.get(), request);
        return found instanceof Attempt.Found(Cheese cheese) ? handIn(cheese, request) : found;
    }

    private Attempt handIn(Cheese cheese, Request request) throws InterruptedException {
        return switch (handIn.give(cheese, MAX_WAIT_MILLIS)) {
            case HandIn.Fate.Tip() -> new Attempt.Found(cheese);
            case HandIn.Fate.Beaten() -> new Attempt.Beaten();
            case HandIn.Fate.Refused(Violation violation) -> Attempt.Halt.because(violation);
            case HandIn.Fate.LetGo() ->
                    objection(request).orElseGet(() -> Attempt.Halt.because("the loop does not take the next one"));
            case HandIn.Fate.Undecided() ->
                    Attempt.Halt.because("the loop does not answer, and one more may still come");
        };
    }

    /** Why the request must not go on, if anything stands against it. */
    private Optional<Attempt.Halt> objection(Request request) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (halts.get() != request.halts()) {
            return Optional.of(Attempt.Halt.because("mining was switched off meanwhile, or the member stops"));
        }
        return clock.steadyMillis() < request.endMillis() ? Optional.empty()
                : Optional.of(Attempt.Halt.because(
                        "a request has %d s: ask again for the rest".formatted(MAX_REQUEST_MILLIS / 1_000)));
    }

    private Attempt search(CheeseTemplate template, Request request) throws InterruptedException {
        Cheese cheese = template.cheese(payTo.address(), TEXT, clock.clockMillis());
        CheeseHeader header = cheese.header();
        Optional<CheeseHeader> found = Optional.empty();
        for (long nonce = 0; found.isEmpty(); nonce += CHUNK_NONCES) {
            long clockMillis = clock.clockMillis();
            Optional<Violation> tooEarly = HeaderRules.tooEarlyAbove(template.parent(), clockMillis);
            if (tooEarly.isPresent()) {
                return Attempt.Halt.because(tooEarly.get());
            }
            header = template.refreshed(header, clockMillis);
            found = NonceSearch.search(header, nonce, CHUNK_NONCES);
            Optional<Attempt.Halt> objection = objection(request);
            if (objection.isPresent()) {
                return objection.get();
            }
        }
        return new Attempt.Found(new Cheese(found.get(), cheese.transactions()));
    }

    /**
     * Ends the requests that came before, and returns once none of them mines any more.
     *
     * @throws TimeoutException the loop has not answered
     */
    public void halt() throws TimeoutException {
        halts.incrementAndGet();
        handIn.withdrawAll();
        Waiting.forTheEndOf(oneAtATime, MAX_WAIT_MILLIS);
        handIn.awaitDecided(MAX_WAIT_MILLIS);
    }

    /** The member stops, before its web server waits for calls that are under way: no wish keeps it from that. */
    @EventListener(ContextClosedEvent.class)
    void stops() {
        halts.incrementAndGet();
    }
}
