package org.cheesecoin.member.node;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.consensus.CheeseRules;
import org.cheesecoin.chain.consensus.TransactionRules;
import org.cheesecoin.chain.crypto.SignatureScheme;
import org.cheesecoin.chain.node.Input;
import org.cheesecoin.chain.node.Output;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The stand-alone checks, off the loop, on all cores. What may be under way is limited by the node that asks. */
final class Checks implements LoopFollower, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Checks.class);

    private final Smell networkId;
    private final SignatureScheme signatures;
    private final Mailbox mailbox;
    private final CheckMeter meter;
    private final ExecutorService workers;

    Checks(Smell networkId, SignatureScheme signatures, Mailbox mailbox, CheckMeter meter) {
        this.networkId = networkId;
        this.signatures = signatures;
        this.mailbox = mailbox;
        this.meter = meter;
        this.workers = Executors.newFixedThreadPool(
                Runtime.getRuntime().availableProcessors(),
                Thread.ofPlatform().name("check-", 0).daemon().factory());
    }

    @Override
    public void released(List<Output> outputs) {
        for (Output output : outputs) {
            if (output instanceof Output.CheckCheese wanted) {
                check(wanted);
            } else if (output instanceof Output.CheckTransaction(Payment payment)) {
                check(payment);
            }
        }
    }

    private void check(Output.CheckCheese wanted) {
        submit(() -> {
            long beganNanos = System.nanoTime();
            var outcome = CheeseRules.standAlone(
                    wanted.cheese(), networkId, signatures, wanted.alreadyChecked()::contains);
            meter.checked(System.nanoTime() - beganNanos);
            return new Input.CheeseChecked(wanted.cheese().smell(), outcome);
        });
    }

    private void check(Payment payment) {
        submit(() -> new Input.TransactionChecked(
                payment.fullId(), TransactionRules.standAlone(payment, networkId, signatures)));
    }

    private void submit(Supplier<Input> check) {
        try {
            workers.execute(() -> {
                try {
                    mailbox.handle(check.get());
                } catch (RuntimeException | Error e) {
                    failed(e);
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("Stopping: a check is left undone");
        }
    }

    /** A check without an answer would hold its cheese up for ever: the loop starts again from the store. */
    private void failed(Throwable reason) {
        LOG.error("A check failed", reason);
        mailbox.call(loop -> {
            // With something to write, or the failure would be the caller's alone.
            loop.write(_ -> {});
            throw new IllegalStateException("a check failed", reason);
        });
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}
