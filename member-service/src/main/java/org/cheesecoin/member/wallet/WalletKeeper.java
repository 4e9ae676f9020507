package org.cheesecoin.member.wallet;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;

import org.cheesecoin.chain.cheese.Address;
import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.FeeRate;
import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.cheese.Payment;
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
import org.cheesecoin.chain.wallet.KeyChain;
import org.cheesecoin.chain.wallet.WalletAddress;
import org.cheesecoin.member.node.LoopAccess;
import org.cheesecoin.member.node.LoopFollower;
import org.cheesecoin.member.node.LoopTimes;
import org.cheesecoin.member.persistence.WentBack;
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
    private final Origin origin;
    private final WalletTables tables;
    private final Function<Smell, Optional<Cheese>> committedCheeses;
    private final OnLoop loop;
    private final Payer payer;
    private final WalletRecovery recovery;

    private volatile KeyChain keys;
    private volatile Address payoutAddress;
    private Optional<KeyChain> replaced = Optional.empty();
    private WalletBatch batch = new WalletBatch();
    private Optional<WalletBooks> loaded = Optional.empty();
    private boolean isBeingRead;

    /** Where the words come from. */
    enum Origin {
        /** The member made them. */
        MADE,
        /** The owner gave them, and so has them. */
        OWNER
    }

    /** How far the wallet has read the stack. */
    enum Reading {
        /** There is more to read. */
        MORE,
        /** All is read. */
        DONE
    }

    /**
     * What a wallet remembers by.
     *
     * @param tables in the database
     * @param journal outside it
     * @param wentBack how far the database is behind what it had, while it is
     */
    record Memory(WalletTables tables, WalletJournal journal, Supplier<Optional<WentBack>> wentBack) {}

    /**
     * A wallet that starts with the loop.
     *
     * @param committedCheeses finds the body of a committed cheese
     */
    WalletKeeper(
            Network network,
            SignatureScheme signatures,
            KeyChain keys,
            Origin origin,
            Memory memory,
            Function<Smell, Optional<Cheese>> committedCheeses,
            OnLoop loop) {
        this.network = network;
        this.origin = origin;
        this.keys = keys;
        this.tables = memory.tables();
        this.committedCheeses = committedCheeses;
        this.loop = loop;
        this.payer = new Payer(network, signatures, tables::payment, loop);
        this.recovery = new WalletRecovery(tables, memory.journal(), memory.wentBack(), loop);
        this.payoutAddress = first(keys);
    }

    private static Address first(KeyChain keys) {
        return keys.key(Branch.RECEIVE, 0).address();
    }

    /** The first receiving address; any thread may ask. */
    Address payoutAddress() {
        return payoutAddress;
    }

    @Override
    public void started(LoopAccess access) {
        batch = new WalletBatch();
        isBeingRead = false;
        payer.forget();
        takeBackRestore();
        WalletBooks books = recovery.books(keys, payoutAddress, batch);
        loaded = Optional.of(books);
        if (!books.mark().isOn(access.node().stack())) {
            LOG.warn("The wallet had read a branch that is not the best one; it reads the stack again");
            books.forgetStack();
        }
        if (origin == Origin.OWNER && tables.wordsAcknowledgedMillis().isEmpty()) {
            batch.wordsAcknowledged(access.clockMillis());
        }
        if (readSlice(access) == Reading.MORE) {
            LOG.info("The wallet reads the stack from cheese {}", books.mark().height() + 1);
            readOn();
        }
        batch.joinNextCommit(access);
    }

    /** A restore whose commit failed did not happen. */
    private void takeBackRestore() {
        if (!tables.firstAddress().equals(Optional.of(payoutAddress))) {
            replaced.ifPresent(this::use);
        }
        replaced = Optional.empty();
    }

    private void use(KeyChain chain) {
        keys = chain;
        payoutAddress = first(chain);
    }

    @Override
    public void committed() {
        recovery.committed(batch);
    }

    @Override
    public void turned(LoopTimes times, LoopAccess access) {
        if (books().mark().isAt(tip(access)) && access.node().goal().isEmpty()) {
            recovery.settled();
        }
    }

    @Override
    public void changed(List<Change> changes, LoopAccess access) {
        WalletBooks books = books();
        for (Change change : changes) {
            switch (change) {
                case Change.OfStack(StackStep step) -> follow(books, step);
                case Change.OfMempool(MempoolStep.Admitted admitted) -> {
                    books.admitted(admitted.payment(), admitted.arrivedMillis());
                    payer.admitted(admitted.payment().txid(), books);
                }
                case Change.OfMempool(MempoolStep.Removed removed) -> books.removed(removed.txid(), removed.reason());
                case Change.PeerKept _,Change.PeerForgotten _,Change.BanKept _,Change.BanForgotten _ -> {
                }
            }
        }
        batch.joinNextCommit(access);
    }

    /** While the wallet is behind, what happens above its mark is read when its turn comes. */
    private void follow(WalletBooks books, StackStep step) {
        switch (step) {
            case StackStep.Connected connected -> {
                if (books.mark().isBelow(connected.header())) {
                    books.connected(connected.header(), connected.cheese(), connected.changes());
                    recovery.tipChanged();
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
            // Here and not when the reader learns of it: whoever needs one until then must start another.
            isBeingRead = false;
            recovery.tipChanged();
        }
        batch.joinNextCommit(access);
        return done ? Reading.DONE : Reading.MORE;
    }

    /** Has a thread ask for slice after slice: the loop must not wait for its own mailbox. */
    private void readOn() {
        if (!isBeingRead) {
            isBeingRead = true;
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
            // A slice alone may have failed: then the next cheese starts another reader.
            var _ = loop.call(_ -> isBeingRead = false);
        }
    }

    /** What the wallet has. */
    WalletBalance balance(LoopAccess access) {
        WalletBooks books = books();
        int height = Math.max(0, books.mark().height());
        int tipHeight = tip(access).height();
        int goalHeight = access.node().goal().map(StackedHeader::height).orElse(tipHeight);
        return new WalletBalance(
                books.coins().balance(height, network.parameters()), height, tipHeight,
                Math.max(tipHeight, goalHeight));
    }

    /** Hands out a receiving address. */
    Outcome<GivenAddress> newAddress(Optional<String> label, LoopAccess access) {
        WalletBooks books = books();
        Outcome<WalletAddress> next = label.isPresent() && !books.hasRoomForLabel()
                ? Outcome.refused(books.tooManyLabels())
                : books.newAddress();
        if (label.isPresent()) {
            next = next.then(it -> books.label(it, label));
        }
        batch.joinNextCommit(access);
        return next.then(it -> Outcome.passed(new GivenAddress(it, GivenAddress.State.UNUSED, label)));
    }

    /** Calls an address that was handed out something, or nothing; none if it is no such address. */
    Optional<Outcome<WalletAddress>> label(Address address, Optional<String> label, LoopAccess access) {
        WalletBooks books = books();
        Optional<Outcome<WalletAddress>> labelled = books.given(address).map(it -> books.label(it, label));
        batch.joinNextCommit(access);
        return labelled;
    }

    /** Notes that the owner has seen the words. */
    long wordsShown(LoopAccess access) {
        batch.wordsShown(access.clockMillis());
        batch.joinNextCommit(access);
        return access.clockMillis();
    }

    /** Notes that the owner has the words. */
    long wordsAcknowledged(LoopAccess access) {
        batch.wordsAcknowledged(access.clockMillis());
        batch.joinNextCommit(access);
        return access.clockMillis();
    }

    /** Puts another wallet in the place of one that is fresh, and reads the stack for it; WLT-RESTORE if it is not. */
    Outcome<Address> restore(KeyChain restored, LoopAccess access) {
        if (!books().isFresh()) {
            return Outcome.refused(Violation.of(Rule.WLT_RESTORE)
                    .with("handedOut", books().book().progress(Branch.RECEIVE).handedOut()));
        }
        batch.forgetWallet(first(restored));
        batch.wordsAcknowledged(access.clockMillis());
        replaced = Optional.of(keys);
        use(restored);
        loaded = Optional.of(WalletBooks.of(restored, WalletTables.Stored.NOTHING, batch));
        batch.joinNextCommit(access);
        readOn();
        return Outcome.passed(payoutAddress);
    }

    /** Pays; for a key that was paid under, what was made then. */
    PaymentAttempt pay(PaymentOrder order, Optional<IdempotencyKey> key, LoopAccess access) {
        return key.flatMap(it -> payer.madeBefore(it, order))
                .orElseGet(() -> attempt(ready(access), books -> payer.pay(order, key, books, access)));
    }

    /** Raises the fee of a waiting payment. */
    PaymentAttempt bump(Txid txid, Optional<FeeRate> rate, LoopAccess access) {
        return attempt(ready(access), books -> payer.bump(txid, rate, books, access));
    }

    /** Hands in a payment that was not made here alone; its coins of this wallet are kept for it meanwhile. */
    CompletableFuture<Outcome<Txid>> submit(Payment payment, LoopAccess access) {
        return payer.handIn(payment, books(), access);
    }

    private static PaymentAttempt attempt(
            Outcome<WalletBooks> ready, Function<WalletBooks, PaymentAttempt> attempt) {
        return switch (ready) {
            case Outcome.Passed<WalletBooks>(WalletBooks books) -> attempt.apply(books);
            case Outcome.Refused<WalletBooks>(Violation violation) -> new PaymentAttempt.Refused(violation);
        };
    }

    /** The books, if they are read up to the tip, and all is there that was promised; else POL-NOT-READY. */
    Outcome<WalletBooks> ready(LoopAccess access) {
        WalletBooks books = books();
        Optional<Violation> objection = recovery.objection();
        if (objection.isPresent()) {
            return Outcome.refused(objection.get());
        }
        return books.mark().isAt(tip(access))
                ? Outcome.passed(books)
                : Outcome.refused(Violation.of(Rule.POL_NOT_READY)
                        .with("walletHeight", books.mark().height())
                        .with("height", tip(access).height()));
    }

    /** Whether an address is the wallet's. */
    boolean owns(Address address) {
        return books().coins().owns(address);
    }

    private static StackedHeader tip(LoopAccess access) {
        return access.node().stack().tip();
    }

    private WalletBooks books() {
        return loaded.orElseThrow(() -> new IllegalStateException("the loop has not started the wallet"));
    }
}
