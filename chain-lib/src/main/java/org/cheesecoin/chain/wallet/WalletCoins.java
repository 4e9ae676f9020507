package org.cheesecoin.chain.wallet;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

import org.cheesecoin.chain.cheese.Address;
import org.cheesecoin.chain.cheese.Amount;
import org.cheesecoin.chain.cheese.OutPoint;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.TransactionOutput;
import org.cheesecoin.chain.cheese.Txid;
import org.cheesecoin.chain.consensus.Coin;
import org.cheesecoin.chain.consensus.CoinChanges;
import org.cheesecoin.chain.consensus.NetworkParameters;
import org.cheesecoin.chain.consensus.PlacedCoin;

/**
 * The coins of one wallet as cheeses come and go: own addresses, own coins in the stack, waiting payments that touch
 * them, and coins reserved for a payment that is being made. It follows the stack exactly, so disconnecting a cheese
 * gives back what connecting it took. Belongs to one thread.
 */
public final class WalletCoins {

    private final TreeSet<Address> addresses = new TreeSet<>();
    private final SortedMap<OutPoint, Coin> coins = new TreeMap<>();
    private final SortedMap<Txid, Payment> pending = new TreeMap<>();
    private final TreeSet<OutPoint> reserved = new TreeSet<>();

    /**
     * What one cheese did to the wallet's coins, for the store.
     *
     * @param added now in the stack
     * @param removed no longer
     */
    public record Changes(List<PlacedCoin> added, List<PlacedCoin> removed) {

        public Changes {
            added = List.copyOf(added);
            removed = List.copyOf(removed);
        }
    }

    /** Makes an address the wallet's own, from here on; what came before needs a scan. */
    public void addAddress(Address address) {
        addresses.add(address);
    }

    /** Whether an address is the wallet's own. */
    public boolean owns(Address address) {
        return addresses.contains(address);
    }

    /** Takes coins from the store, at start. */
    public void load(Collection<PlacedCoin> stored) {
        stored.forEach(placed -> coins.put(placed.outPoint(), placed.coin()));
    }

    /** A cheese joined the best branch. */
    public Changes connect(CoinChanges changes) {
        return apply(changes.made(), changes.spent());
    }

    /** The tip left the best branch. */
    public Changes disconnect(CoinChanges changes) {
        return apply(changes.spent(), changes.made());
    }

    private Changes apply(List<PlacedCoin> give, List<PlacedCoin> take) {
        SortedMap<OutPoint, PlacedCoin> added = new TreeMap<>();
        List<PlacedCoin> removed = new ArrayList<>();
        for (PlacedCoin placed : give) {
            if (owns(placed.coin().address())) {
                coins.put(placed.outPoint(), placed.coin());
                added.put(placed.outPoint(), placed);
            }
        }
        for (PlacedCoin placed : take) {
            // A coin that the cheese both made and spent was never there for anybody else.
            if (coins.remove(placed.outPoint()) != null && added.remove(placed.outPoint()) == null) {
                removed.add(placed);
            }
        }
        return new Changes(List.copyOf(added.values()), removed);
    }

    /** Notes a payment that waits in the mempool, if it spends or makes an own coin; its coins are reserved no more. */
    public void addPending(Payment payment) {
        boolean pays = payment.outputs().stream().anyMatch(output -> owns(output.address()));
        boolean spends = payment.inputs().stream().anyMatch(this::isOwn);
        if (pays || spends) {
            pending.put(payment.txid(), payment);
            payment.inputs().forEach(reserved::remove);
        }
    }

    /**
     * Forgets a payment that is confirmed, replaced, evicted or in conflict.
     *
     * @return it, if it was the wallet's
     */
    public Optional<Payment> removePending(Txid txid) {
        return Optional.ofNullable(pending.remove(txid));
    }

    /** The waiting payments that touch the wallet, by txid. */
    public List<Payment> pending() {
        return List.copyOf(pending.values());
    }

    /** Keeps coins for a payment that is being made, so that no other takes them. */
    public void reserve(Collection<OutPoint> outPoints) {
        reserved.addAll(outPoints);
    }

    /** Gives reserved coins back. */
    public void release(Collection<OutPoint> outPoints) {
        outPoints.forEach(reserved::remove);
    }

    /** What stands at an out-point, if it is the wallet's: a coin in the stack, or an output of a waiting payment. */
    public Optional<TransactionOutput> ownOutput(OutPoint outPoint) {
        Coin coin = coins.get(outPoint);
        if (coin != null) {
            return Optional.of(new TransactionOutput(coin.amount(), coin.address()));
        }
        Payment maker = pending.get(outPoint.txid());
        return maker == null || outPoint.index() >= maker.outputs().size()
                ? Optional.empty()
                : Optional.of(maker.outputs().get(outPoint.index())).filter(it -> owns(it.address()));
    }

    /** The same as a coin that a payment may spend; one of a waiting payment has the height that it would have. */
    public Optional<PlacedCoin> ownCoin(OutPoint outPoint, int tipHeight) {
        return coin(outPoint)
                .or(() -> ownOutput(outPoint).map(it -> new Coin(
                        it.amount(), it.address(), tipHeight + 1, Coin.Origin.PAYMENT)))
                .map(coin -> new PlacedCoin(outPoint, coin));
    }

    /** The wallet's coin in the stack at an out-point. */
    public Optional<Coin> coin(OutPoint outPoint) {
        return Optional.ofNullable(coins.get(outPoint));
    }

    /** Own coins in the stack, whatever their state, by out-point. */
    public List<PlacedCoin> confirmed() {
        return placed(coins);
    }

    /** Coins that a payment in the next cheese may spend. */
    public List<PlacedCoin> spendable(int tipHeight, NetworkParameters parameters) {
        TreeSet<OutPoint> promised = promised();
        return placed(coins).stream()
                .filter(placed -> placed.coin().spendableFrom(parameters) <= tipHeight + 1)
                .filter(placed -> !promised.contains(placed.outPoint()))
                .toList();
    }

    /**
     * Outputs to the wallet of its own waiting payments that build on nobody else's: safe to spend before they are
     * confirmed, for nobody else can take them back. Their height is the one they would have in the next cheese.
     */
    public List<PlacedCoin> unconfirmedChange(int tipHeight) {
        TreeSet<OutPoint> promised = promised();
        Map<Txid, Boolean> known = new TreeMap<>();
        return pendingIn(tipHeight).stream()
                .filter(placed -> isFundedByOwn(placed.outPoint().txid(), known))
                .filter(placed -> !promised.contains(placed.outPoint()))
                .toList();
    }

    /** The balance above a tip. */
    public Balance balance(int tipHeight, NetworkParameters parameters) {
        TreeSet<OutPoint> promised = promised();
        Amount spendable = Amount.ZERO;
        Amount pendingOut = Amount.ZERO;
        SortedMap<Integer, Amount> maturing = new TreeMap<>();
        for (PlacedCoin placed : placed(coins)) {
            Coin coin = placed.coin();
            // The next cheese is the first that can spend anything.
            int maturesAt = coin.spendableFrom(parameters) - 1;
            if (promised.contains(placed.outPoint())) {
                pendingOut = pendingOut.plus(coin.amount());
            } else if (maturesAt > tipHeight) {
                maturing.merge(maturesAt, coin.amount(), Amount::plus);
            } else {
                spendable = spendable.plus(coin.amount());
            }
        }
        Amount pendingIn = Amount.ZERO;
        for (PlacedCoin placed : pendingIn(tipHeight)) {
            pendingIn = pendingIn.plus(placed.coin().amount());
        }
        List<Balance.Maturing> byHeight = maturing.entrySet().stream()
                .map(entry -> new Balance.Maturing(entry.getKey(), entry.getValue()))
                .toList();
        return new Balance(spendable, pendingIn, pendingOut, byHeight);
    }

    /** Own outputs of waiting payments that no other waiting payment spends. */
    private List<PlacedCoin> pendingIn(int tipHeight) {
        TreeSet<OutPoint> spent = spentByPending();
        List<PlacedCoin> incoming = new ArrayList<>();
        for (Payment payment : pending.values()) {
            for (int i = 0; i < payment.outputs().size(); i++) {
                TransactionOutput output = payment.outputs().get(i);
                OutPoint outPoint = payment.outPoint(i);
                // The coin is known already between the cheese that confirms it and the mempool's word.
                if (owns(output.address()) && !spent.contains(outPoint) && !coins.containsKey(outPoint)) {
                    Coin coin = new Coin(output.amount(), output.address(), tipHeight + 1, Coin.Origin.PAYMENT);
                    incoming.add(new PlacedCoin(outPoint, coin));
                }
            }
        }
        return incoming;
    }

    /** Down to the stack; as deep as the mempool lets payments wait on one another. */
    private boolean isFundedByOwn(Txid txid, Map<Txid, Boolean> known) {
        Boolean before = known.get(txid);
        if (before != null) {
            return before;
        }
        Payment payment = pending.get(txid);
        boolean funded = payment != null && payment.inputs().stream()
                .allMatch(it -> coins.containsKey(it) || isOwn(it) && isFundedByOwn(it.txid(), known));
        known.put(txid, funded);
        return funded;
    }

    private boolean isOwn(OutPoint outPoint) {
        if (coins.containsKey(outPoint)) {
            return true;
        }
        Payment maker = pending.get(outPoint.txid());
        return maker != null
                && outPoint.index() < maker.outputs().size()
                && owns(maker.outputs().get(outPoint.index()).address());
    }

    private TreeSet<OutPoint> promised() {
        TreeSet<OutPoint> promised = spentByPending();
        promised.addAll(reserved);
        return promised;
    }

    private TreeSet<OutPoint> spentByPending() {
        TreeSet<OutPoint> spent = new TreeSet<>();
        pending.values().forEach(payment -> spent.addAll(payment.inputs()));
        return spent;
    }

    private static List<PlacedCoin> placed(SortedMap<OutPoint, Coin> coins) {
        return coins.entrySet().stream()
                .map(entry -> new PlacedCoin(entry.getKey(), entry.getValue()))
                .toList();
    }
}
