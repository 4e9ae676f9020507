package org.cheesecoin.simulator;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.cheesecoin.chain.cheese.OutPoint;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.cheese.Transaction;
import org.cheesecoin.chain.cheese.Txid;
import org.cheesecoin.chain.consensus.StackedHeader;

/**
 * What must be true when the troubles are over and nobody mines: one tip, one set of waiting payments, all payments
 * that a member acknowledged confirmed or waiting unless another spent their coins, and the coins those of the one branch.
 */
final class Settlement {

    private static final long QUIET_MILLIS = 60_000;
    private static final int MAX_TIE_BREAKERS = 3;

    private final Cluster cluster;
    private int confirmed;

    Settlement(Cluster cluster) {
        this.cluster = cluster;
    }

    StackedHeader tip() {
        return cluster.honest().getFirst().node().stack().tip();
    }

    /** How many payments the one branch confirms. */
    int confirmed() {
        return confirmed;
    }

    /** Lets things settle, breaks a tie of equal work by one more cheese, and looks. */
    void reach() {
        cluster.runFor(QUIET_MILLIS);
        for (int i = 0; i < MAX_TIE_BREAKERS && isTied(); i++) {
            cluster.miner(0).mine();
            cluster.runFor(QUIET_MILLIS);
        }
        oneTip();
        oneMempool();
        nothingLost();
    }

    private boolean isTied() {
        return cluster.honest().stream()
                .map(member -> member.node().stack().tip().smell())
                .distinct()
                .count() > 1;
    }

    private void oneTip() {
        Map<Integer, String> tips = new LinkedHashMap<>();
        for (SimulatedMember member : cluster.honest()) {
            StackedHeader tip = member.node().stack().tip();
            tips.put(member.index(), tip.height() + ":" + tip.smell().toString().substring(0, 12) + "/"
                    + member.node().status().peers().size() + " peers, goal "
                    + member.node().status().goal().map(StackedHeader::height));
        }
        if (isTied()) {
            throw new InvariantBroken("no one tip: " + tips);
        }
    }

    private void oneMempool() {
        Map<Integer, Set<Txid>> pools = new LinkedHashMap<>();
        for (SimulatedMember member : cluster.honest()) {
            Set<Txid> pool = new LinkedHashSet<>();
            member.node().mempool().entries().forEach(entry -> pool.add(entry.txid()));
            pools.put(member.index(), pool);
        }
        Set<Txid> first = pools.get(0);
        pools.forEach((index, pool) -> {
            if (!pool.equals(first)) {
                Set<Txid> more = new LinkedHashSet<>(pool);
                more.removeAll(first);
                Set<Txid> less = new LinkedHashSet<>(first);
                less.removeAll(pool);
                throw new InvariantBroken("member " + index + " has other payments than member 0: more " + more
                        + ", less " + less);
            }
        });
    }

    private void nothingLost() {
        SimulatedMember member = cluster.honest().getFirst();
        Smell tip = tip().smell();
        Map<OutPoint, ?> coins = cluster.referee().coinsAfter(tip);
        if (!coins.equals(member.disk().stack().allCoins())) {
            throw new InvariantBroken("the coins on disk are not those of the branch");
        }
        Set<Txid> known = new LinkedHashSet<>();
        for (int height = 1; height <= tip().height(); height++) {
            Smell smell = member.disk().stack().headerAt(height).orElseThrow().smell();
            List<Transaction> transactions = member.disk().stack().cheese(smell).orElseThrow().transactions();
            transactions.forEach(transaction -> known.add(transaction.txid()));
            confirmed += transactions.size() - 1;
        }
        member.node().mempool().entries().forEach(entry -> known.add(entry.txid()));
        for (Payment payment : cluster.acknowledged().values()) {
            boolean possible = payment.inputs().stream().allMatch(input -> coins.containsKey(input)
                    && member.node().mempool().spender(input).isEmpty());
            if (possible && !known.contains(payment.txid())) {
                throw new InvariantBroken("an acknowledged payment is lost: " + payment.txid());
            }
        }
    }
}
