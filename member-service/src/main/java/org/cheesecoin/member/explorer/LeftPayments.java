package org.cheesecoin.member.explorer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.cheesecoin.chain.cheese.OutPoint;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.Transaction;
import org.cheesecoin.chain.cheese.Txid;
import org.cheesecoin.chain.consensus.Coin;
import org.cheesecoin.chain.consensus.PlacedCoin;
import org.cheesecoin.chain.mempool.MempoolStep;
import org.cheesecoin.chain.node.Change;
import org.cheesecoin.chain.node.Output;
import org.cheesecoin.chain.stack.StackStep;
import org.cheesecoin.member.node.LoopAccess;
import org.cheesecoin.member.node.LoopFollower;
import org.cheesecoin.member.settings.MemoryPlan;
import org.springframework.stereotype.Component;

/**
 * Remembers payments that left the mempool, or the best branch, without being confirmed, so that somebody who asks what
 * became of one is told. The memory is bounded, lives in the heap, and belongs to the loop.
 */
@Component
public class LeftPayments implements LoopFollower {

    /** Most payments that are remembered; the oldest is forgotten first. */
    static final int MAX_PAYMENTS = 10_000;
    /** Most bytes of their encodings, in a large heap. */
    static final long MAX_BYTES = 2_000_000;
    /** What one takes in memory for each byte of its encoding. */
    private static final int DECODED_FACTOR = 5;

    /** Why a payment waits no more. */
    enum Why {
        /** A replacement that pays more took its place. */
        REPLACED,
        /** A cheese spends one of its inputs otherwise. */
        CONFLICTED,
        /** There was no more room, or it waited too long. */
        EVICTED,
        /** After a reorganisation it breaks a rule. */
        INVALID,
        /** It stood in a cheese that lost to another branch, and did not come back to the mempool. */
        DISPLACED
    }

    /**
     * A payment that left.
     *
     * @param payment it
     * @param why why
     * @param rival the payment that took its place, where there is one
     * @param spent the coins that its inputs spent, in their order, where they were at hand
     * @param leftMillis when
     */
    record Left(Payment payment, Why why, Optional<Txid> rival, List<Optional<Coin>> spent, long leftMillis) {

        Left {
            spent = List.copyOf(spent);
        }
    }

    private final int maxPayments;
    private final long maxBytes;
    private final LinkedHashMap<Txid, Left> left = new LinkedHashMap<>();
    private long bytes;
    /** What the cheese that was connected last spent, until the changes that it led to are all here. */
    private List<PlacedCoin> spentLast = List.of();
    private Map<OutPoint, Coin> spentLastByPlace = Map.of();

    LeftPayments() {
        this(MAX_PAYMENTS, Math.min(MAX_BYTES,
                MemoryPlan.ofThisProcess().bytes(MemoryPlan.Share.LEFT) / DECODED_FACTOR));
    }

    LeftPayments(int maxPayments, long maxBytes) {
        this.maxPayments = maxPayments;
        this.maxBytes = maxBytes;
    }

    /** What is remembered of this one. On the loop only. */
    Optional<Left> find(Txid txid) {
        return Optional.ofNullable(left.get(txid));
    }

    @Override
    public void started(LoopAccess access) {
        left.clear();
        bytes = 0;
        spentBy(List.of());
    }

    @Override
    public void changed(List<Change> changes, LoopAccess access) {
        for (Change change : changes) {
            switch (change) {
                case Change.OfStack(StackStep.Connected connected) -> {
                    connected.cheese().transactions().forEach(it -> forget(it.txid()));
                    spentBy(connected.changes().spent());
                }
                case Change.OfStack(StackStep.Disconnected disconnected) ->
                        displaced(disconnected, access.clockMillis());
                case Change.OfMempool(MempoolStep.Admitted admitted) -> forget(admitted.payment().txid());
                case Change.OfMempool(MempoolStep.Removed removed) ->
                        why(removed.reason()).ifPresent(why -> remember(new Left(removed.payment(), why,
                                removed.rival(), spentLately(removed.payment()), access.clockMillis())));
                case Change.OfStack _ -> {
                }
                case Change.PeerKept _,Change.PeerForgotten _,Change.BanKept _,Change.BanForgotten _ -> {
                }
            }
        }
    }

    @Override
    public void released(List<Output> outputs) {
        spentBy(List.of());
    }

    private static Optional<Why> why(MempoolStep.Reason reason) {
        return switch (reason) {
            case CONFIRMED -> Optional.empty();
            case CONFLICTED -> Optional.of(Why.CONFLICTED);
            case REPLACED -> Optional.of(Why.REPLACED);
            case EVICTED -> Optional.of(Why.EVICTED);
            case INVALID -> Optional.of(Why.INVALID);
        };
    }

    private void displaced(StackStep.Disconnected step, long nowMillis) {
        int next = 0;
        for (Transaction transaction : step.cheese().transactions()) {
            if (transaction instanceof Payment payment) {
                int end = next + payment.inputs().size();
                List<Optional<Coin>> spent = step.changes().spent().subList(next, end).stream()
                        .map(it -> Optional.of(it.coin()))
                        .toList();
                remember(new Left(payment, Why.DISPLACED, Optional.empty(), spent, nowMillis));
                next = end;
            }
        }
    }

    private void spentBy(List<PlacedCoin> spent) {
        spentLast = spent;
        spentLastByPlace = Map.of();
    }

    /** A conflict's coins are those that the newest cheese has spent. */
    private List<Optional<Coin>> spentLately(Payment payment) {
        if (spentLastByPlace.isEmpty() && !spentLast.isEmpty()) {
            spentLastByPlace = HashMap.newHashMap(spentLast.size());
            spentLast.forEach(it -> spentLastByPlace.put(it.outPoint(), it.coin()));
        }
        List<Optional<Coin>> coins = new ArrayList<>();
        payment.inputs().forEach(it -> coins.add(Optional.ofNullable(spentLastByPlace.get(it))));
        return coins;
    }

    private void remember(Left gone) {
        forget(gone.payment().txid());
        left.putLast(gone.payment().txid(), gone);
        bytes += gone.payment().sizeBytes();
        while (left.size() > maxPayments || bytes > maxBytes) {
            forget(left.firstEntry().getKey());
        }
    }

    private void forget(Txid txid) {
        Left known = left.remove(txid);
        if (known != null) {
            bytes -= known.payment().sizeBytes();
        }
    }
}
