package org.cheesecoin.member.wallet;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;

import org.cheesecoin.chain.cheese.Address;
import org.cheesecoin.chain.cheese.FeeRate;
import org.cheesecoin.chain.cheese.MalformedException;
import org.cheesecoin.chain.cheese.OutPoint;
import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.TransactionOutput;
import org.cheesecoin.chain.cheese.Txid;
import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.chain.consensus.Network;
import org.cheesecoin.chain.crypto.SignatureScheme;
import org.cheesecoin.chain.mempool.Mempool;
import org.cheesecoin.chain.mempool.MempoolEntry;
import org.cheesecoin.chain.mempool.Precheck;
import org.cheesecoin.chain.wallet.Branch;
import org.cheesecoin.chain.wallet.FeePolicy;
import org.cheesecoin.chain.wallet.WalletAddress;
import org.cheesecoin.member.node.LoopAccess;

/** Pays on the loop: keeps the chosen coins from other payments until the mempool has spoken. */
final class Payer {

    private static final Executor OFF_THE_LOOP = Thread::startVirtualThread;

    /** How often a fee is raised until it is enough for a replacement. */
    private static final int MAX_RAISES = 4;

    private final PaymentMaker maker;
    private final Function<IdempotencyKey, Optional<KeyedPayment>> committedKeys;
    private final OnLoop loop;
    private final Map<Long, List<OutPoint>> reservations = new TreeMap<>();
    private final Map<Txid, InFlight> inFlight = new TreeMap<>();
    private long lastReservation;

    private record InFlight(KeyedPayment payment, PaymentAttempt.HandedIn attempt) {}

    Payer(
            Network network,
            SignatureScheme signatures,
            Function<IdempotencyKey, Optional<KeyedPayment>> committedKeys,
            OnLoop loop) {
        this.maker = new PaymentMaker(network, signatures);
        this.committedKeys = committedKeys;
        this.loop = loop;
    }

    /** The loop starts again: what was not committed is forgotten. */
    void forget() {
        reservations.clear();
        inFlight.clear();
    }

    /** A payment waits in the mempool: the key that it was ordered under is written in the same commit. */
    void admitted(Txid txid, WalletBooks books) {
        Optional.ofNullable(inFlight.get(txid)).map(InFlight::payment).ifPresent(books::keepKey);
    }

    /** Chooses coins, keeps them, signs, and hands the payment in: for a key that nothing was paid under. */
    PaymentAttempt pay(PaymentOrder order, Optional<IdempotencyKey> key, WalletBooks books, LoopAccess access) {
        FeeRate rate = order.feeRate().orElseGet(() -> usualRate(access));
        return attempt(() -> maker.make(order, rate, purse(books, access)),
                made -> handIn(made, key.map(it -> new KeyedPayment(it, order.digest(), made.summary())), books,
                        access));
    }

    /** For a key that was paid under, what was made then. */
    Optional<PaymentAttempt> madeBefore(IdempotencyKey key, PaymentOrder order) {
        Optional<InFlight> waiting = inFlight.values().stream()
                .filter(it -> it.payment().key().equals(key))
                .findFirst();
        Optional<KeyedPayment> known = waiting.map(InFlight::payment).or(() -> committedKeys.apply(key));
        if (known.isPresent() && !known.get().orderDigest().equals(order.digest())) {
            return Optional.of(new PaymentAttempt.Refused(Violation.of(Rule.WLT_IDEMPOTENCY)
                    .with("idempotencyKey", key.text())
                    .with("txid", known.get().payment().txid())));
        }
        return waiting.<PaymentAttempt>map(InFlight::attempt)
                .or(() -> known.map(it -> new PaymentAttempt.MadeBefore(it.payment())));
    }

    /**
     * Raises the fee of a waiting payment by replacing it.
     *
     * @param wanted the new rate; else the usual one, and at least what a replacement must pay
     */
    PaymentAttempt bump(Txid txid, Optional<FeeRate> wanted, WalletBooks books, LoopAccess access) {
        Optional<MempoolEntry> entry = access.node().mempool().entry(txid);
        Optional<Violation> objection = entry.isEmpty()
                ? Optional.of(notBumped(txid).with("reason", "it does not wait in the mempool"))
                : bumpObjection(entry.get().payment(), books);
        if (objection.isPresent()) {
            return new PaymentAttempt.Refused(objection.get());
        }
        return attempt(() -> remake(entry.orElseThrow(), wanted, books, access),
                made -> handIn(made, Optional.empty(), books, access));
    }

    private static Optional<Violation> bumpObjection(Payment payment, WalletBooks books) {
        for (OutPoint input : payment.inputs()) {
            if (books.coins().ownOutput(input).isEmpty()) {
                return Optional.of(notBumped(payment.txid())
                        .with("reason", "it spends a coin that is not the wallet's")
                        .with("coin", input));
            }
        }
        return books.coins().pending().stream()
                .filter(it -> it.inputs().stream().anyMatch(input -> input.txid().equals(payment.txid())))
                .findFirst()
                .map(it -> notBumped(payment.txid())
                        .with("reason", "another payment of this wallet builds on it; raise the fee of that one, "
                                + "which pulls this one along")
                        .with("child", it.txid()));
    }

    private static Violation notBumped(Txid txid) {
        return Violation.of(Rule.WLT_BUMP).with("txid", txid);
    }

    private Outcome<PaymentMaker.Made> remake(
            MempoolEntry entry, Optional<FeeRate> wanted, WalletBooks books, LoopAccess access) {
        List<TransactionOutput> change = entry.payment().outputs().stream()
                .filter(it -> isChange(it.address(), books))
                .limit(1)
                .toList();
        // What goes to the wallet's own change alone has no other receiver.
        List<TransactionOutput> receivers = entry.payment().outputs().stream()
                .filter(it -> entry.payment().outputs().size() == 1 || !change.contains(it))
                .toList();
        Address back = change.isEmpty()
                ? books.takeChangeAddress().address()
                : change.getFirst().address();
        FeeRate rate = wanted.orElseGet(() -> higher(usualRate(access), above(entry.feeRate())));
        PaymentMaker.Purse purse = purse(books, access);
        Outcome<PaymentMaker.Made> made = maker.remake(entry.payment(), receivers, back, rate, purse);
        for (int raise = 0; raise < MAX_RAISES && wanted.isEmpty() && isTooLittle(made); raise++) {
            rate = above(rate);
            made = maker.remake(entry.payment(), receivers, back, rate, purse);
        }
        return made;
    }

    private static boolean isTooLittle(Outcome<PaymentMaker.Made> made) {
        return made instanceof Outcome.Refused<PaymentMaker.Made>(Violation violation)
                && violation.rule() == Rule.POL_REPLACE_FEE;
    }

    private static boolean isChange(Address address, WalletBooks books) {
        return books.book().find(address).map(WalletAddress::branch).filter(it -> it == Branch.CHANGE).isPresent();
    }

    private static FeeRate above(FeeRate rate) {
        return FeeRate.ofCrumbsPerByte(rate.feeCrumbs() / rate.sizeBytes() + 2);
    }

    private static FeeRate higher(FeeRate one, FeeRate other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    /** For the next cheese, but never more than the wallet is willing to pay. */
    static FeeRate usualRate(LoopAccess access) {
        FeeRate rate = access.node().mempool().estimate(access.steadyMillis()).within(1);
        return rate.compareTo(FeePolicy.MAX_RATE) > 0 ? FeePolicy.MAX_RATE : rate;
    }

    private static PaymentMaker.Purse purse(WalletBooks books, LoopAccess access) {
        return new PaymentMaker.Purse(books, access.node().stack().tip().height(),
                payment -> objection(payment, access));
    }

    private static Optional<Violation> objection(Payment payment, LoopAccess access) {
        Mempool mempool = access.node().mempool();
        int nextHeight = access.node().stack().tip().height() + 1;
        return switch (mempool.precheck(payment, access.node().stack().coins(), nextHeight, access.steadyMillis())) {
            case Precheck.Refused(Violation violation) -> Optional.of(violation);
            case Precheck.MissingInputs(List<OutPoint> missing) -> Optional.of(
                    Violation.of(Rule.TRX_INPUT_UNKNOWN).with("input", missing.getFirst()));
            case Precheck.Wanted _ -> Optional.empty();
        };
    }

    private static PaymentAttempt attempt(
            Supplier<Outcome<PaymentMaker.Made>> make,
            Function<PaymentMaker.Made, PaymentAttempt> handIn) {
        try {
            return switch (make.get()) {
                case Outcome.Refused<PaymentMaker.Made>(Violation violation) -> new PaymentAttempt.Refused(violation);
                case Outcome.Passed<PaymentMaker.Made>(PaymentMaker.Made made) -> handIn.apply(made);
            };
        } catch (MalformedException e) {
            return new PaymentAttempt.Refused(e.violation());
        }
    }

    private PaymentAttempt handIn(
            PaymentMaker.Made made, Optional<KeyedPayment> keyed, WalletBooks books, LoopAccess access) {
        CompletableFuture<Outcome<Txid>> answer = new CompletableFuture<>();
        PaymentAttempt.HandedIn attempt = new PaymentAttempt.HandedIn(made.summary(), answer);
        keyed.ifPresent(it -> inFlight.put(made.payment().txid(), new InFlight(it, attempt)));
        books.joinNextCommit(access);
        handIn(made.payment(), answer, books, access);
        return attempt;
    }

    /** Hands in a payment of several owners. */
    CompletableFuture<Outcome<Txid>> handIn(Payment payment, WalletBooks books, LoopAccess access) {
        CompletableFuture<Outcome<Txid>> answer = new CompletableFuture<>();
        handIn(payment, answer, books, access);
        return answer;
    }

    private void handIn(
            Payment payment, CompletableFuture<Outcome<Txid>> answer, WalletBooks books, LoopAccess access) {
        long reservation = ++lastReservation;
        // A coin that another payment in flight keeps stays that one's to give back.
        List<OutPoint> own = payment.inputs().stream()
                .filter(it -> books.coins().ownOutput(it).isPresent())
                .filter(it -> reservations.values().stream().noneMatch(others -> others.contains(it)))
                .toList();
        reservations.put(reservation, own);
        books.coins().reserve(own);
        access.submit(payment).whenCompleteAsync((outcome, failure) -> {
            if (failure != null) {
                answer.completeExceptionally(failure);
            } else {
                settle(reservation, payment.txid(), outcome, books)
                        .whenComplete((_, _) -> answer.complete(outcome));
            }
        }, OFF_THE_LOOP);
    }

    /** The mempool has spoken: what it did not take keeps no coin. */
    private CompletableFuture<Txid> settle(long reservation, Txid txid, Outcome<Txid> outcome, WalletBooks books) {
        return loop.call(_ -> {
            inFlight.remove(txid);
            Optional.ofNullable(reservations.remove(reservation))
                    .filter(_ -> outcome instanceof Outcome.Refused<Txid>)
                    .ifPresent(books.coins()::release);
            return txid;
        });
    }
}
