package org.cheesecoin.member.wallet;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

import org.cheesecoin.chain.cheese.Address;
import org.cheesecoin.chain.cheese.Amount;
import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.FeeRate;
import org.cheesecoin.chain.cheese.MalformedException;
import org.cheesecoin.chain.cheese.OutPoint;
import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.cheese.Txid;
import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.chain.consensus.Network;
import org.cheesecoin.chain.consensus.StackedHeader;
import org.cheesecoin.chain.crypto.SignatureScheme;
import org.cheesecoin.chain.mempool.MempoolStep;
import org.cheesecoin.chain.node.Change;
import org.cheesecoin.chain.stack.CheeseStack;
import org.cheesecoin.chain.stack.StackStep;
import org.cheesecoin.chain.wallet.Branch;
import org.cheesecoin.chain.wallet.FeePolicy;
import org.cheesecoin.chain.wallet.KeyChain;
import org.cheesecoin.chain.wallet.WalletAddress;
import org.cheesecoin.member.node.LoopAccess;
import org.cheesecoin.member.node.LoopFollower;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The wallet on the loop: follows the stack and the mempool, and what it learns is part of the loop's commit. Where its
 * mark is behind the tip, as after a start with new keys on an old stack, it reads the stack in slices.
 */
final class WalletKeeper implements LoopFollower {

    private static final Logger LOG = LoggerFactory.getLogger(WalletKeeper.class);

    /** Cheeses of one slice. */
    private static final int SLICE_CHEESES = 200;

    /** And bytes, so that a slice never holds the loop for long. */
    private static final long SLICE_BYTES = 4_000_000;

    private static final Executor OFF_THE_LOOP = Thread::startVirtualThread;

    private final Network network;
    private final KeyChain keys;
    private final WalletTables tables;
    private final Function<Smell, Optional<Cheese>> committedCheeses;
    private final LoopCalls loop;
    private final PaymentMaker maker;
    private final Address payoutAddress;
    private final AtomicBoolean scanning = new AtomicBoolean();
    private final TreeMap<Long, List<OutPoint>> reservations = new TreeMap<>();

    private long lastReservation;
    private WalletBatch batch = new WalletBatch();
    private Optional<WalletBooks> loaded = Optional.empty();

    /** How the wallet comes back to the loop: {@code Mailbox::call}, or a test's. */
    @FunctionalInterface
    interface LoopCalls {

        /** Has this done on the loop; completed after the commit. */
        CompletableFuture<Reading> call(Function<LoopAccess, Reading> work);
    }

    /** How far the wallet has read the stack. */
    enum Reading {
        /** There is more to read. */
        MORE,
        /** All is read. */
        DONE
    }

    /**
     * A wallet that starts with the loop.
     *
     * @param committedCheeses finds the body of a committed cheese
     */
    WalletKeeper(
            Network network,
            SignatureScheme signatures,
            KeyChain keys,
            WalletTables tables,
            Function<Smell, Optional<Cheese>> committedCheeses,
            LoopCalls loop) {
        this.network = network;
        this.keys = keys;
        this.tables = tables;
        this.committedCheeses = committedCheeses;
        this.loop = loop;
        this.maker = new PaymentMaker(network, signatures);
        this.payoutAddress = keys.key(Branch.RECEIVE, 0).address();
    }

    /** The first receiving address; any thread may ask. */
    Address payoutAddress() {
        return payoutAddress;
    }

    @Override
    public void started(LoopAccess access) {
        batch = new WalletBatch();
        reservations.clear();
        WalletBooks books = WalletBooks.of(keys, tables.load(), batch);
        loaded = Optional.of(books);
        if (!books.mark().isOn(access.node().stack())) {
            LOG.warn("The wallet had read a branch that is not the best one; it reads the stack again");
            books.forgetStack();
        }
        if (readSlice(access) == Reading.MORE) {
            LOG.info("The wallet reads the stack from cheese {}", books.mark().height() + 1);
            readOn();
        }
        batch.promise(access);
    }

    @Override
    public void changed(List<Change> changes, LoopAccess access) {
        WalletBooks books = books();
        for (Change change : changes) {
            switch (change) {
                case Change.OfStack(StackStep step) -> follow(books, step);
                case Change.OfMempool(MempoolStep.Admitted admitted) ->
                        books.admitted(admitted.payment(), admitted.arrivedMillis());
                case Change.OfMempool(MempoolStep.Removed removed) -> books.removed(removed.txid(), removed.reason());
                case Change.PeerKept _,Change.PeerForgotten _,Change.BanKept _ -> {
                }
            }
        }
        batch.promise(access);
    }

    /** While the wallet is behind, what happens above its mark is read when its turn comes. */
    private void follow(WalletBooks books, StackStep step) {
        switch (step) {
            case StackStep.Connected connected -> {
                if (books.mark().isBelow(connected.header())) {
                    books.connected(connected.header(), connected.cheese(), connected.changes());
                } else {
                    readOn();
                }
            }
            case StackStep.Disconnected disconnected -> {
                if (books.mark().isAt(disconnected.header())) {
                    books.disconnected(disconnected.header(), disconnected.cheese(), disconnected.changes());
                }
            }
            case StackStep.Stored _,StackStep.Condemned _ -> {
            }
        }
    }

    /** Reads the next slice of the stack above the mark, as far as it is committed. */
    Reading readSlice(LoopAccess access) {
        WalletBooks books = books();
        CheeseStack stack = access.node().stack();
        if (!books.mark().isOn(stack)) {
            books.forgetStack();
        }
        long bytes = 0;
        for (int count = 0; count < SLICE_CHEESES && bytes < SLICE_BYTES; count++) {
            Optional<StackedHeader> next = stack.headerAt(books.mark().height() + 1);
            Optional<Cheese> body = next.map(StackedHeader::smell).flatMap(committedCheeses);
            if (next.isEmpty() || body.isEmpty()) {
                break;
            }
            books.read(next.get(), body.get());
            bytes += body.get().sizeBytes();
        }
        boolean done = books.mark().isAt(stack.tip());
        if (done) {
            books.adopt(access.node().mempool().entries());
        }
        batch.promise(access);
        return done ? Reading.DONE : Reading.MORE;
    }

    /** Has a thread ask for slice after slice: the loop must not wait for its own mailbox. */
    private void readOn() {
        if (scanning.compareAndSet(false, true)) {
            OFF_THE_LOOP.execute(this::readAll);
        }
    }

    private void readAll() {
        try {
            while (loop.call(this::readSlice).join() == Reading.MORE) {
                Thread.yield();
            }
            LOG.info("The wallet has read the stack");
        } catch (CompletionException e) {
            LOG.debug("The wallet stops reading: the loop ended or starts again", e);
        } finally {
            scanning.set(false);
        }
    }

    /** What the wallet has. */
    WalletBalance balance(LoopAccess access) {
        WalletBooks books = books();
        int height = Math.max(0, books.mark().height());
        return new WalletBalance(books.coins().balance(height, network.parameters()), height, tip(access).height());
    }

    /** Hands out a receiving address. */
    Outcome<WalletAddress> newAddress(LoopAccess access) {
        Outcome<WalletAddress> next = books().newAddress();
        batch.promise(access);
        return next;
    }

    /** Notes that the owner has seen the words. */
    long wordsShown(LoopAccess access) {
        batch.wordsShown(access.nowMillis());
        batch.promise(access);
        return access.nowMillis();
    }

    /** Chooses coins, keeps them, signs, and hands the payment in. */
    PaymentAttempt pay(PaymentOrder order, LoopAccess access) {
        WalletBooks books = books();
        if (!books.mark().isAt(tip(access))) {
            return new PaymentAttempt.Refused(Violation.of(Rule.POL_NOT_READY)
                    .with("walletHeight", books.mark().height())
                    .with("height", tip(access).height()));
        }
        FeeRate rate = order.feeRate().orElseGet(() -> usualRate(access));
        try {
            return switch (maker.make(order, rate, tip(access).height(), books.coins(), books.book())) {
                case Outcome.Refused<PaymentMaker.Made>(Violation violation) -> new PaymentAttempt.Refused(violation);
                case Outcome.Passed<PaymentMaker.Made>(PaymentMaker.Made made) -> handIn(made, books, access);
            };
        } catch (MalformedException e) {
            return new PaymentAttempt.Refused(e.violation());
        }
    }

    /** For the next cheese, but never more than the wallet is willing to pay. */
    private static FeeRate usualRate(LoopAccess access) {
        FeeRate rate = access.node().mempool().estimate(access.nowMillis()).within(1);
        return rate.compareTo(FeePolicy.MAX_RATE) > 0 ? FeePolicy.MAX_RATE : rate;
    }

    private PaymentAttempt handIn(PaymentMaker.Made made, WalletBooks books, LoopAccess access) {
        made.change().ifPresent(it -> batch.given(it.address()));
        long reservation = ++lastReservation;
        reservations.put(reservation, made.payment().inputs());
        books.coins().reserve(made.payment().inputs());
        batch.promise(access);
        CompletableFuture<Outcome<Txid>> answer = access.submit(made.payment());
        return new PaymentAttempt.HandedIn(
                made.payment().txid(),
                made.fee(),
                made.change().map(PaymentMaker.Change::amount).orElse(Amount.ZERO),
                made.feeRate(),
                answer.thenApplyAsync(outcome -> settle(reservation, outcome), OFF_THE_LOOP));
    }

    /** The mempool has spoken: what it did not take keeps no coin. */
    private Outcome<Txid> settle(long reservation, Outcome<Txid> outcome) {
        return loop.call(_ -> {
            Optional.ofNullable(reservations.remove(reservation))
                    .filter(_ -> outcome instanceof Outcome.Refused<Txid>)
                    .ifPresent(books().coins()::release);
            return Reading.DONE;
        }).handle((_, _) -> outcome).join();
    }

    private static StackedHeader tip(LoopAccess access) {
        return access.node().stack().tip();
    }

    private WalletBooks books() {
        return loaded.orElseThrow(() -> new IllegalStateException("the loop has not started the wallet"));
    }
}
