package org.cheesecoin.member.explorer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
 * nothing but the mempool's payments, and the mempool counts what they take here, so that its limit bounds this too.
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

        private Sums plus(Sums other) {
            return new Sums(inCrumbs + other.inCrumbs, outCrumbs + other.outCrumbs);
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

    /** Ascending by number. Most addresses are of one payment or two, so that a list takes less than a tree. */
    private static final class Account {

        private final List<Part> parts = new ArrayList<>(1);
        private long inCrumbs;
        private long outCrumbs;

        private void add(Part part) {
            parts.add(part);
            inCrumbs += part.inCrumbs;
            outCrumbs += part.outCrumbs;
        }

        private void remove(long number) {
            Part part = parts.remove(place(number));
            inCrumbs -= part.inCrumbs;
            outCrumbs -= part.outCrumbs;
        }

        private int place(long number) {
            int low = 0;
            int high = parts.size();
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (parts.get(middle).place.number < number) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low;
        }
    }

    /** What one payment does to one address. */
    private record Part(Place place, long inCrumbs, long outCrumbs) {

        private Line line() {
            return new Line(place.number, place.txid, place.fee, place.arrivedMillis,
                    new Sums(inCrumbs, outCrumbs));
        }
    }

    private record Place(long number, Txid txid, Amount fee, long arrivedMillis, List<Address> addresses) {}

    private final Map<Address, Account> accounts = new HashMap<>();
    private final Map<Txid, Place> places = new HashMap<>();
    private long lastNumber;

    /** All that waits and touches this address, together. On the loop only. */
    public Sums sums(Address address) {
        Account account = accounts.get(address);
        return account == null ? Sums.NONE : new Sums(account.inCrumbs, account.outCrumbs);
    }

    /**
     * What waits and touches this address, in the order of arrival. On the loop only.
     *
     * @param after the number of the last one that was seen, 0 to begin
     */
    public List<Line> lines(Address address, long after, int limit) {
        Account account = accounts.get(address);
        return account == null ? List.of()
                : account.parts.stream().skip(account.place(after + 1)).limit(limit).map(Part::line).toList();
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
            touched.merge(output.address(), new Sums(output.amount().crumbs(), 0), Sums::plus);
        }
        for (OutPoint input : payment.inputs()) {
            coin(node, input).ifPresent(coin -> touched.merge(coin.address(), new Sums(0, coin.amount().crumbs()),
                    Sums::plus));
        }
        long number = ++lastNumber;
        Place place = new Place(number, payment.txid(), fee, arrivedMillis, List.copyOf(touched.keySet()));
        places.put(payment.txid(), place);
        touched.forEach((address, sums) -> accounts
                .computeIfAbsent(address, _ -> new Account())
                .add(new Part(place, sums.inCrumbs(), sums.outCrumbs())));
    }

    private void remove(Txid txid) {
        Place place = places.remove(txid);
        if (place == null) {
            return;
        }
        for (Address address : place.addresses()) {
            Account account = accounts.get(address);
            if (account != null) {
                account.remove(place.number());
                if (account.parts.isEmpty()) {
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
