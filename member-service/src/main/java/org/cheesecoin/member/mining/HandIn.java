package org.cheesecoin.member.mining;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.chain.consensus.StackedHeader;
import org.cheesecoin.chain.node.Input;
import org.cheesecoin.chain.node.Output;
import org.cheesecoin.member.node.LoopFollower;
import org.cheesecoin.member.node.Mailbox;
import org.springframework.stereotype.Component;

/** Gives the loop a cheese of ours, and waits for what comes of it. Any thread may. */
@Component
final class HandIn implements LoopFollower {

    private final Mailbox mailbox;
    private final Map<Smell, CompletableFuture<Fate>> awaited = new ConcurrentHashMap<>();

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
    }

    /**
     * Hands it in and waits.
     *
     * @throws TimeoutException nothing came of it in time; it may still
     * @throws ExecutionException never yet: a fate is a value
     */
    Fate give(Cheese cheese, long maxMillis) throws InterruptedException, ExecutionException, TimeoutException {
        CompletableFuture<Fate> fate = new CompletableFuture<>();
        awaited.put(cheese.smell(), fate);
        try {
            mailbox.handle(new Input.CheeseMined(cheese));
            return fate.get(maxMillis, TimeUnit.MILLISECONDS);
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
