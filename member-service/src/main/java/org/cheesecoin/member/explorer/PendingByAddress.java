package org.cheesecoin.member.explorer;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

import org.cheesecoin.chain.cheese.Address;
import org.cheesecoin.chain.cheese.Amount;
import org.cheesecoin.chain.cheese.OutPoint;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.TransactionOutput;
import org.cheesecoin.chain.cheese.Txid;
import org.cheesecoin.chain.consensus.Coin;
import org.cheesecoin.chain.mempool.MempoolEntry;
import org.cheesecoin.chain.mempool.MempoolStep;
import org.cheesecoin.chain.node.Change;
import org.cheesecoin.chain.node.Node;
import org.cheesecoin.member.node.LoopAccess;
import org.cheesecoin.member.node.LoopFollower;
import org.springframework.stereotype.Component;

/**
 * What the mempool does to each address, kept as it changes: no call has to look through all that waits. It holds
 * nothing but the mempool's payments, so the mempool's limit bounds it too; it adds about a third to what they take.
 * Belongs to the loop.
 */
@Component
public class PendingByAddress implements LoopFollower {

    /**
     * What waiting payments do to an address. When all are confirmed, its balance is what it was plus the one and minus
     * the other.
     *
     * @param inCrumbs what their outputs give it
     * @param outCrumbs what their inputs take from it, outputs of other waiting payments among them
     */
    public record Sums(long inCrumbs, long outCrumbs) {

        private static final Sums NONE = new Sums(0, 0);

        private Sums plus(Sums other, int sign) {
            return new Sums(inCrumbs + sign * other.inCrumbs, outCrumbs + sign * other.outCrumbs);
        }
    }

    /**
     * What one waiting payment does to an address.
     *
     * @param number its place in the order of arrival
     * @param txid which
     * @param fee what it pays the miner
     * @param arrivedMillis when it came
     * @param sums what it does
     */
    public record Line(long number, Txid txid, Amount fee, long arrivedMillis, Sums sums) {}

    private static final class Account {

        private final NavigableMap<Long, Line> lines = new TreeMap<>();
        private Sums sums = Sums.NONE;
    }

    private record Place(long number, List<Address> addresses) {}

    private final Map<Address, Account> accounts = new HashMap<>();
    private final Map<Txid, Place> places = new HashMap<>();
    private long lastNumber;

    /** All that waits and touches this address, together. On the loop only. */
    public Sums sums(Address address) {
        Account account = accounts.get(address);
        return account == null ? Sums.NONE : account.sums;
    }

    /**
     * What waits and touches this address, in the order of arrival. On the loop only.
     *
     * @param after the number of the last one that was seen, 0 to begin
     */
    public List<Line> lines(Address address, long after, int limit) {
        Account account = accounts.get(address);
        return account == null ? List.of()
                : account.lines.tailMap(after, false).values().stream().limit(limit).toList();
    }

    @Override
    public void started(LoopAccess access) {
        accounts.clear();
        places.clear();
        for (MempoolEntry entry : access.node().mempool().entries()) {
            add(access.node(), entry.payment(), entry.fee(), entry.arrivedMillis());
        }
    }

    @Override
    public void changed(List<Change> changes, LoopAccess access) {
        for (Change change : changes) {
            if (change instanceof Change.OfMempool(MempoolStep step)) {
                switch (step) {
                    case MempoolStep.Admitted(Payment payment, Amount fee, long arrivedMillis) ->
                            add(access.node(), payment, fee, arrivedMillis);
                    case MempoolStep.Removed removed -> remove(removed.txid());
                }
            }
        }
    }

    private void add(Node node, Payment payment, Amount fee, long arrivedMillis) {
        remove(payment.txid());
        Map<Address, Sums> touched = new LinkedHashMap<>();
        for (TransactionOutput output : payment.outputs()) {
            touched.merge(output.address(), new Sums(output.amount().crumbs(), 0), (a, b) -> a.plus(b, 1));
        }
        for (OutPoint input : payment.inputs()) {
            coin(node, input).ifPresent(coin -> touched.merge(coin.address(), new Sums(0, coin.amount().crumbs()),
                    (a, b) -> a.plus(b, 1)));
        }
        long number = ++lastNumber;
        places.put(payment.txid(), new Place(number, List.copyOf(touched.keySet())));
        touched.forEach((address, sums) -> {
            Account account = accounts.computeIfAbsent(address, _ -> new Account());
            account.lines.put(number, new Line(number, payment.txid(), fee, arrivedMillis, sums));
            account.sums = account.sums.plus(sums, 1);
        });
    }

    private void remove(Txid txid) {
        Place place = places.remove(txid);
        if (place == null) {
            return;
        }
        for (Address address : place.addresses()) {
            Account account = accounts.get(address);
            if (account != null) {
                Line line = account.lines.remove(place.number());
                account.sums = line == null ? account.sums : account.sums.plus(line.sums(), -1);
                if (account.lines.isEmpty()) {
                    accounts.remove(address);
                }
            }
        }
    }

    /** A coin that a waiting payment may spend. */
    static Optional<Coin> coin(Node node, OutPoint outPoint) {
        return node.mempool().coin(outPoint).or(() -> node.stack().coins().coin(outPoint));
    }
}
