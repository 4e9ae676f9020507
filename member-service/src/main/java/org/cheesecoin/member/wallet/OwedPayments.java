package org.cheesecoin.member.wallet;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.Txid;
import org.cheesecoin.chain.cheese.Violation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Payments that were acknowledged and that a database which went back does not know. They are handed in again, the oldest
 * first, each after the word on the one before, since they may build on one another; and again with each new tip, until they
 * wait in the mempool, stand in the stack, or can never be made. For the loop.
 */
final class OwedPayments {

    private static final Logger LOG = LoggerFactory.getLogger(OwedPayments.class);
    /** What says that it is there already. */
    private static final Set<Rule> DONE = Set.of(Rule.POL_KNOWN, Rule.POL_CONFIRMED);
    /** What passes by itself: a mempool has room again, and parents are confirmed. */
    private static final Set<Rule> PASSING = Set.of(Rule.POL_MEMPOOL_FULL, Rule.POL_ANCESTORS, Rule.POL_DESCENDANTS);
    private static final Executor OFF_THE_LOOP = Thread::startVirtualThread;

    private final OnLoop loop;
    private final Predicate<Txid> isInHistory;
    private final Supplier<Stack> stack;
    private final Consumer<Txid> giveUp;
    private final SequencedMap<Txid, Payment> owed = new LinkedHashMap<>();
    private boolean isUnderWay;
    /** Something changed since they were handed in. */
    private boolean isDue;

    /** Whether the stack may still bring what a payment spends. */
    enum Stack {
        /** It has less work than it had. */
        BEHIND,
        /** All of it is there again. */
        WHOLE
    }

    /**
     * @param isInHistory whether the wallet has an entry for a payment, waiting or in the stack
     * @param stack how the stack is now
     * @param giveUp is told of a payment that can never be made
     */
    OwedPayments(OnLoop loop, Predicate<Txid> isInHistory, Supplier<Stack> stack, Consumer<Txid> giveUp) {
        this.loop = loop;
        this.isInHistory = isInHistory;
        this.stack = stack;
        this.giveUp = giveUp;
    }

    /** The loop starts again: what is owed now. */
    void begin(Collection<Payment> payments) {
        owed.clear();
        isUnderWay = false;
        isDue = true;
        payments.forEach(it -> owed.put(it.txid(), it));
    }

    boolean isEmpty() {
        return owed.isEmpty();
    }

    /** How many there are, for people. */
    int count() {
        return owed.size();
    }

    /** The tip is another: what was refused may be taken. */
    void tipChanged() {
        isDue = true;
    }

    /** Has a thread hand them in where that may help, unless one does already: the loop must not wait for its mailbox. */
    void handIn() {
        if (!owed.isEmpty() && isDue && !isUnderWay) {
            isUnderWay = true;
            isDue = false;
            List<Payment> payments = List.copyOf(owed.values());
            Stack before = stack.get();
            OFF_THE_LOOP.execute(() -> handIn(payments, before));
        }
    }

    private void handIn(List<Payment> payments, Stack before) {
        try {
            for (Payment payment : payments) {
                Outcome<Txid> word = loop.call(access -> access.submit(payment)).thenCompose(it -> it).join();
                loop.call(_ -> settle(payment.txid(), word, before)).join();
            }
        } catch (CompletionException e) {
            LOG.debug("Payments are handed in again later: the loop ended or starts again", e);
        }
        var _ = loop.call(_ -> isUnderWay = false);
    }

    /** @param before how much of the stack was there when the first of them was handed in: its parents may be refused else */
    private Txid settle(Txid txid, Outcome<Txid> word, Stack before) {
        Optional<Violation> objection = word instanceof Outcome.Refused<Txid>(Violation violation)
                ? Optional.of(violation)
                : Optional.empty();
        if (objection.isEmpty() || DONE.contains(objection.get().rule()) || isInHistory.test(txid)) {
            owed.remove(txid);
        } else if (objection.get().rule() == Rule.POL_NOT_READY) {
            isDue = true;
        } else if (before == Stack.WHOLE && !PASSING.contains(objection.get().rule())) {
            owed.remove(txid);
            giveUp.accept(txid);
            LOG.warn("Payment {}, which was acknowledged before the database went back, cannot be made again: {}", txid,
                    objection.get().message());
        }
        return txid;
    }
}
