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

    /** What one request may take in all, in milliseconds: more than a thousand cheeses on a slow disk. */
    static final long MAX_REQUEST_MILLIS = 120_000;

    /** What a request waits for the loop, or for another request, in milliseconds. */
    static final long MAX_WAIT_MILLIS = 20_000;

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

    /** Ends a request before it has all that it wants. */
    private static final class Halt extends Exception {

        private static final long serialVersionUID = 1;

        private final transient Optional<Violation> violation;

        Halt(String reason) {
            super(reason);
            this.violation = Optional.empty();
        }

        Halt(Violation violation) {
            super(violation.message());
            this.violation = Optional.of(violation);
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
        try {
            if (!oneAtATime.tryLock(MAX_WAIT_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new Halt("another request mines");
            }
            try {
                mine(count, mined, request);
            } finally {
                oneAtATime.unlock();
            }
            return new Mined.All(mined);
        } catch (Halt halt) {
            return new Mined.Halted(mined, String.valueOf(halt.getMessage()), halt.violation);
        } catch (TimeoutException | ExecutionException _) {
            return new Mined.Halted(mined, "the loop does not answer", Optional.empty());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new Mined.Halted(mined, "the member is stopping", Optional.empty());
        }
    }

    private void mine(int count, List<Cheese> mined, Request request)
            throws Halt, InterruptedException, ExecutionException, TimeoutException {
        int rivals = 0;
        while (mined.size() < count) {
            goesOn(request);
            CheeseTemplate template = mailbox.call(Miner::template).get(MAX_WAIT_MILLIS, TimeUnit.MILLISECONDS)
                    .orElseThrow(() -> new Halt("the member is catching up with its peers"));
            Cheese cheese = search(template, request);
            goesOn(request);
            switch (handIn.give(cheese, MAX_WAIT_MILLIS)) {
                case HandIn.Fate.Tip() -> mined.add(cheese);
                case HandIn.Fate.Beaten() -> rivals++;
                case HandIn.Fate.Refused(Violation violation) -> throw new Halt(violation);
            }
            if (rivals > MAX_RIVALS) {
                throw new Halt("others' cheeses come first");
            }
        }
    }

    private void goesOn(Request request) throws Halt, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (halts.get() != request.halts()) {
            throw new Halt("mining was switched off meanwhile, or the member stops");
        }
        if (clock.steadyMillis() >= request.endMillis()) {
            throw new Halt("a request has %d s: ask again for the rest".formatted(MAX_REQUEST_MILLIS / 1_000));
        }
    }

    private Cheese search(CheeseTemplate template, Request request) throws Halt, InterruptedException {
        Cheese cheese = template.cheese(payTo.address(), TEXT, clock.clockMillis());
        CheeseHeader header = cheese.header();
        Optional<CheeseHeader> found = Optional.empty();
        for (long nonce = 0; found.isEmpty(); nonce += CHUNK_NONCES) {
            goesOn(request);
            long clockMillis = clock.clockMillis();
            Optional<Violation> tooEarly = HeaderRules.tooEarlyAbove(template.parent(), clockMillis);
            if (tooEarly.isPresent()) {
                throw new Halt(tooEarly.get());
            }
            header = template.refreshed(header, clockMillis);
            found = NonceSearch.search(header, nonce, CHUNK_NONCES);
        }
        return new Cheese(found.get(), cheese.transactions());
    }

    /**
     * Ends the requests that came before, and returns once none of them mines any more.
     *
     * @throws TimeoutException the loop has not answered
     */
    public void halt() throws TimeoutException {
        halts.incrementAndGet();
        Waiting.forTheEndOf(oneAtATime, MAX_WAIT_MILLIS);
    }

    /** The member stops, before its web server waits for calls that are under way: no wish keeps it from that. */
    @EventListener(ContextClosedEvent.class)
    void stops() {
        halts.incrementAndGet();
    }
}
