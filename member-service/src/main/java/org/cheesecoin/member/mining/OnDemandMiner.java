package org.cheesecoin.member.mining;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.CheeseHeader;
import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.chain.consensus.StackedHeader;
import org.cheesecoin.chain.mempool.CheeseTemplate;
import org.cheesecoin.chain.mining.NonceSearch;
import org.cheesecoin.chain.node.Input;
import org.cheesecoin.chain.node.Output;
import org.cheesecoin.member.node.LoopFollower;
import org.cheesecoin.member.node.Mailbox;
import org.springframework.stereotype.Component;

/** Mines cheeses at once, one after the other, on a network that allows it. Any thread may ask; one is served. */
@Component
public class OnDemandMiner implements LoopFollower {

    private static final byte[] TEXT = "on demand".getBytes(StandardCharsets.UTF_8);
    private static final long CHUNK_NONCES = 10_000;
    private static final long MAX_WAIT_MILLIS = 20_000;
    private static final int MAX_RIVALS = 10;

    /** What came of a cheese of ours. */
    private sealed interface Fate {

        record Tip() implements Fate {}

        record Beaten() implements Fate {}

        record Refused(Violation violation) implements Fate {}
    }

    /** What came of a request. */
    public sealed interface Mined {

        /** All were mined, and are committed. */
        record All(List<Cheese> cheeses) implements Mined {}

        /**
         * Some were, and then it came to a halt.
         *
         * @param cheeses those that were
         * @param reason why no more, for people
         */
        record Halted(List<Cheese> cheeses, String reason) implements Mined {}
    }

    private final Mailbox mailbox;
    private final PayTo payTo;
    private final InstantSource clock;
    private final ReentrantLock oneAtATime = new ReentrantLock(true);
    private final Map<Smell, CompletableFuture<Fate>> awaited = new ConcurrentHashMap<>();

    OnDemandMiner(Mailbox mailbox, PayTo payTo, InstantSource clock) {
        this.mailbox = mailbox;
        this.payTo = payTo;
        this.clock = clock;
    }

    /** Mines so many cheeses on the tip and waits until each is committed. */
    public Mined mine(int count) {
        oneAtATime.lock();
        List<Cheese> mined = new ArrayList<>();
        try {
            int rivals = 0;
            while (mined.size() < count) {
                Optional<CheeseTemplate> template = mailbox.call(Miner::template).get(MAX_WAIT_MILLIS,
                        TimeUnit.MILLISECONDS);
                if (template.isEmpty()) {
                    return new Mined.Halted(mined, "the member is catching up with its peers");
                }
                Cheese cheese = search(template.get());
                switch (handIn(cheese)) {
                    case Fate.Tip() -> mined.add(cheese);
                    case Fate.Beaten() -> rivals++;
                    case Fate.Refused(Violation violation) -> {
                        return new Mined.Halted(mined, violation.message());
                    }
                }
                if (rivals > MAX_RIVALS) {
                    return new Mined.Halted(mined, "others' cheeses come first");
                }
            }
            return new Mined.All(mined);
        } catch (TimeoutException | ExecutionException _) {
            return new Mined.Halted(mined, "the loop does not answer");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new Mined.Halted(mined, "the member is stopping");
        } finally {
            oneAtATime.unlock();
        }
    }

    private Cheese search(CheeseTemplate template) {
        Cheese cheese = template.cheese(payTo.address(), TEXT, clock.millis());
        CheeseHeader header = cheese.header();
        Optional<CheeseHeader> found = Optional.empty();
        for (long nonce = 0; found.isEmpty(); nonce += CHUNK_NONCES) {
            header = template.refreshed(header, clock.millis());
            found = NonceSearch.search(header, nonce, CHUNK_NONCES);
        }
        return new Cheese(found.get(), cheese.transactions());
    }

    private Fate handIn(Cheese cheese) throws InterruptedException, ExecutionException, TimeoutException {
        CompletableFuture<Fate> fate = new CompletableFuture<>();
        awaited.put(cheese.smell(), fate);
        try {
            mailbox.handle(new Input.CheeseMined(cheese));
            return fate.get(MAX_WAIT_MILLIS, TimeUnit.MILLISECONDS);
        } finally {
            awaited.remove(cheese.smell());
        }
    }

    @Override
    public void released(List<Output> outputs) {
        if (awaited.isEmpty()) {
            return;
        }
        for (Output output : outputs) {
            switch (output) {
                case Output.TipChanged(StackedHeader tip, var _, var _) -> decide(tip.smell(), new Fate.Tip());
                case Output.SideBranchKept(StackedHeader header) -> decide(header.smell(), new Fate.Beaten());
                case Output.Refused(Violation violation, var link) when link.isEmpty() ->
                        awaited.keySet().forEach(smell -> decide(smell, new Fate.Refused(violation)));
                default -> {}
            }
        }
    }

    private void decide(Smell smell, Fate fate) {
        CompletableFuture<Fate> waiting = awaited.get(smell);
        if (waiting != null) {
            waiting.complete(fate);
        }
    }
}
