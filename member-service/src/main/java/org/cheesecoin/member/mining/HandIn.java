package org.cheesecoin.member.mining;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.chain.consensus.StackedHeader;
import org.cheesecoin.chain.node.Output;
import org.cheesecoin.member.node.LoopAccess;
import org.cheesecoin.member.node.LoopFollower;
import org.cheesecoin.member.node.Mailbox;
import org.springframework.stereotype.Component;

/**
 * Gives the loop a cheese of ours, and waits for what comes of it. What nobody waits for any more is not taken: a loop that
 * hangs for a while must not bring a cheese after its owner was told that mining is off. Any thread may.
 */
@Component
final class HandIn implements LoopFollower {

    private final Mailbox mailbox;
    private final Map<Smell, Offer> offers = new ConcurrentHashMap<>();

    HandIn(Mailbox mailbox) {
        this.mailbox = mailbox;
    }

    /** What came of a cheese of ours. */
    sealed interface Fate {

        /** It is the tip, and committed. */
        record Tip() implements Fate {}

        /** It is kept on a side branch: another came first. */
        record Beaten() implements Fate {}

        /** It is not kept. */
        record Refused(Violation violation) implements Fate {}

        /** It never comes: it was taken back before the loop took it, or the loop started again without it. */
        record LetGo() implements Fate {}

        /** The loop took it, and has not said what became of it: it may still come. */
        record Undecided() implements Fate {}
    }

    /** A cheese that was handed in, until it is decided what becomes of it. */
    private static final class Offer {

        private final CompletableFuture<Fate> fate = new CompletableFuture<>();
        private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.WAITS);

        private enum Stage {
            WAITS,
            TAKEN,
            WITHDRAWN
        }

        boolean take() {
            return stage.compareAndSet(Stage.WAITS, Stage.TAKEN);
        }

        void withdraw() {
            if (stage.compareAndSet(Stage.WAITS, Stage.WITHDRAWN)) {
                fate.complete(new Fate.LetGo());
            }
        }

        boolean isUndecided() {
            return stage.get() == Stage.TAKEN && !fate.isDone();
        }
    }

    /** Hands it in and waits so long; if the loop has not taken it by then, it never will. */
    Fate give(Cheese cheese, long maxMillis) throws InterruptedException {
        Offer offer = new Offer();
        offers.put(cheese.smell(), offer);
        try {
            mailbox.call(access -> take(offer, cheese, access))
                    .whenComplete((_, failure) -> Optional.ofNullable(failure).ifPresent(it -> failed(offer, it)));
            return offer.fate.get(maxMillis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            offer.withdraw();
            return offer.fate.getNow(new Fate.Undecided());
        } catch (ExecutionException e) {
            throw new IllegalStateException("a fate is a value", e);
        } finally {
            offer.withdraw();
            forgetDecided();
        }
    }

    private static boolean take(Offer offer, Cheese cheese, LoopAccess access) {
        boolean isWanted = offer.take();
        if (isWanted) {
            access.mined(cheese);
        }
        return isWanted;
    }

    /** What the loop could not store may be there all the same, which it says when it has started again. */
    private static void failed(Offer offer, Throwable failure) {
        offer.withdraw();
        if (!(failure instanceof RejectedExecutionException)) {
            offer.fate.complete(new Fate.LetGo());
        }
    }

    /** What the loop has not taken yet it does not take any more: whoever waits for it is told so at once. */
    void withdrawAll() {
        offers.values().forEach(Offer::withdraw);
    }

    /**
     * Returns once nothing that was handed in can still come.
     *
     * @throws TimeoutException the loop has not said so in time
     */
    void awaitDecided(long maxMillis) throws TimeoutException {
        CompletableFuture<?>[] decisions = offers.entrySet().stream()
                .filter(it -> it.getValue().isUndecided())
                .map(it -> decision(it.getKey(), it.getValue()))
                .toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(decisions).get(maxMillis, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw undecided(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw undecided(e);
        } finally {
            forgetDecided();
        }
    }

    /** The node lets some go without a word, as one for which it has no room: so it is asked. */
    private CompletableFuture<Fate> decision(Smell smell, Offer offer) {
        return mailbox.call(access -> access.node().holds(smell) ? Optional.<Fate>empty()
                : Optional.of(fateOf(smell, access))).thenCompose(over -> {
                    over.ifPresent(offer.fate::complete);
                    return offer.fate;
                });
    }

    private static TimeoutException undecided(Exception cause) {
        TimeoutException undecided = new TimeoutException("the loop has not said what became of a cheese");
        undecided.initCause(cause);
        return undecided;
    }

    /** What became of one that the node holds no more. */
    private static Fate fateOf(Smell smell, LoopAccess access) {
        if (access.node().stack().header(smell).isEmpty()) {
            return new Fate.LetGo();
        }
        return access.node().stack().tip().smell().equals(smell) ? new Fate.Tip() : new Fate.Beaten();
    }

    private void forgetDecided() {
        offers.values().removeIf(offer -> offer.fate.isDone());
    }

    /** What was taken before is on the stack, or forgotten. */
    @Override
    public void started(LoopAccess access) {
        offers.forEach((smell, offer) -> {
            if (offer.isUndecided()) {
                offer.fate.complete(fateOf(smell, access));
            }
        });
    }

    @Override
    public void released(List<Output> outputs) {
        if (offers.isEmpty()) {
            return;
        }
        for (Output output : outputs) {
            switch (output) {
                case Output.TipChanged(StackedHeader tip, var _, var _) -> decide(tip.smell(), new Fate.Tip());
                case Output.SideBranchKept(StackedHeader header) -> decide(header.smell(), new Fate.Beaten());
                case Output.Refused(Violation violation, var link) when link.isEmpty() ->
                        offers.keySet().forEach(smell -> decide(smell, new Fate.Refused(violation)));
                default -> {}
            }
        }
    }

    private void decide(Smell smell, Fate fate) {
        Offer offer = offers.get(smell);
        if (offer != null && offer.isUndecided()) {
            offer.fate.complete(fate);
        }
    }
}
