package org.cheesecoin.chain.testing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

import org.cheesecoin.chain.cheese.Address;
import org.cheesecoin.chain.cheese.Amount;
import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.CheeseHeader;
import org.cheesecoin.chain.cheese.Coinbase;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.Transaction;
import org.cheesecoin.chain.cheese.TransactionOutput;
import org.cheesecoin.chain.consensus.Difficulty;
import org.cheesecoin.chain.consensus.Network;
import org.cheesecoin.chain.consensus.NetworkParameters;
import org.cheesecoin.chain.consensus.StackedHeader;
import org.cheesecoin.chain.consensus.Subsidy;
import org.cheesecoin.chain.consensus.Target;

/** Builds and mines cheeses. Use it with an easy target, as that of {@link NetworkParameters#test()}. */
public final class CheeseFactory {

    private CheeseFactory() {}

    /** A cheese with nothing but its coinbase, one spacing after its parent. */
    public static Cheese empty(Network network, StackedHeader parent, Address miner) {
        return on(network, parent, nextTimeMillis(network, parent), miner, Amount.ZERO, List.of());
    }

    /**
     * A valid, mined cheese.
     *
     * @param fees what the payments leave; with the subsidy, all of it goes to the miner
     */
    public static Cheese on(
            Network network,
            StackedHeader parent,
            long timeMillis,
            Address miner,
            Amount fees,
            List<? extends Transaction> payments) {
        int height = parent.height() + 1;
        Amount reward = Subsidy.at(height, network.parameters()).plus(fees);
        List<TransactionOutput> outputs = reward.crumbs() == 0 ? List.of()
                : List.of(new TransactionOutput(reward, miner));
        List<Transaction> transactions = new ArrayList<>();
        // The parent in the text: siblings of one miner do not share their coinbase.
        byte[] text = ("on " + parent.smell()).substring(0, 40).getBytes(StandardCharsets.UTF_8);
        transactions.add(new Coinbase(height, text, outputs));
        transactions.addAll(payments);
        return of(network, parent, timeMillis, transactions);
    }

    /** A mined cheese of exactly these transactions, valid or not. */
    public static Cheese of(
            Network network, StackedHeader parent, long timeMillis, List<? extends Transaction> transactions) {
        CheeseHeader header = new CheeseHeader(
                CheeseHeader.VERSION,
                parent.height() + 1,
                parent.smell(),
                Cheese.merkleRoot(transactions),
                timeMillis,
                Difficulty.targetAbove(parent, timeMillis, network.parameters()).compact(),
                0);
        return new Cheese(mine(header), transactions);
    }

    /** The same cheese with other transactions, the right Merkle root for them, and mined again. */
    public static Cheese withTransactions(Cheese cheese, List<? extends Transaction> transactions) {
        CheeseHeader old = cheese.header();
        CheeseHeader header = new CheeseHeader(
                old.version(),
                old.height(),
                old.parentSmell(),
                Cheese.merkleRoot(transactions),
                old.timeMillis(),
                old.compactTarget(),
                0);
        return new Cheese(mine(header), transactions);
    }

    /** The same cheese with another header, mined again. */
    public static Cheese withHeader(Cheese cheese, UnaryOperator<CheeseHeader> change) {
        return new Cheese(mine(change.apply(cheese.header())), cheese.transactions());
    }

    /** The same header with the first nonce that meets its target, counted from 0. */
    public static CheeseHeader mine(CheeseHeader header) {
        Target target = Target.ofCompact(header.compactTarget());
        if (target.value().signum() == 0) {
            throw new IllegalArgumentException("nothing meets the target " + target);
        }
        CheeseHeader tried = header.withNonce(0);
        while (tried.smell().hash().compareTo(target.bound()) > 0) {
            tried = tried.withNonce(tried.nonce() + 1);
        }
        return tried;
    }

    /** The header of a cheese as it stands on its parent. */
    public static StackedHeader stacked(Network network, StackedHeader parent, Cheese cheese) {
        return parent.child(cheese.header(), cheese.smell(), network.parameters());
    }

    /** One spacing after the parent. */
    public static long nextTimeMillis(Network network, StackedHeader parent) {
        return parent.header().timeMillis() + network.parameters().spacingMillis();
    }

    /** The payments of a cheese. */
    public static List<Payment> payments(Cheese cheese) {
        return cheese.transactions().stream()
                .filter(Payment.class::isInstance)
                .map(Payment.class::cast)
                .toList();
    }
}
