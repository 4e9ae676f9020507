package org.cheesecoin.chain.node;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

import org.cheesecoin.chain.cheese.FullId;
import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.crypto.Hash256;
import org.cheesecoin.chain.wire.Message;
import org.cheesecoin.chain.wire.WireLimits;

/**
 * What one peer has asked and nobody has begun to answer. Questions of one kind are answered in the order in which they
 * came. They are kept in few bytes, since each link may fill its own: at worst 8,200 for locators, 8,200 for cheeses,
 * 13,000 for positions in cheeses, 72,000 for payments, about 100,000 in all.
 */
final class Questions {

    /** Locators. A member asks again only when it has the answer, or when its answer has become an announcement. */
    static final int MAX_LOCATORS = 4;

    /** Cheeses. A member owes another at most 64; four times as many leave room for those who ask by full messages. */
    static final int MAX_CHEESES = 256;

    /** Questions for payments of cheeses: one for each new tip, and tips come seconds apart. */
    static final int MAX_CHEESE_TRANSACTIONS = 8;

    /** Payments. A member owes another at most 1,000, and may be asked for others while those are under way. */
    static final int MAX_PAYMENTS = 2_000;

    /** Positions of a cheese as bits: a list of numbers would take eighty times as much. */
    private record Positions(Smell smell, BitSet indexes) {}

    private final ArrayDeque<HashQueue> locators = new ArrayDeque<>();
    private final HashQueue cheeses = new HashQueue();
    private final ArrayDeque<Positions> cheeseTransactions = new ArrayDeque<>();
    private final ArrayDeque<FullId> payments = new ArrayDeque<>();
    private final HashQueue missing = new HashQueue();

    /** Adds a locator; answers whether there was room. */
    boolean addLocator(List<Smell> locator) {
        if (locators.size() >= MAX_LOCATORS) {
            return false;
        }
        HashQueue packed = new HashQueue();
        packed.add(locator.stream().map(Smell::hash).toList());
        locators.add(packed);
        return true;
    }

    /** Adds cheeses, all or none; answers whether there was room. */
    boolean addCheeses(List<Smell> smells) {
        if (cheeses.size() + smells.size() > MAX_CHEESES) {
            return false;
        }
        cheeses.add(smells.stream().map(Smell::hash).toList());
        return true;
    }

    /** Adds a question for payments of one cheese; answers whether there was room. */
    boolean addCheeseTransactions(Message.GetCheeseTransactions asked) {
        if (cheeseTransactions.size() >= MAX_CHEESE_TRANSACTIONS) {
            return false;
        }
        BitSet indexes = new BitSet(asked.indexes().getLast() + 1);
        asked.indexes().forEach(indexes::set);
        cheeseTransactions.add(new Positions(asked.smell(), indexes));
        return true;
    }

    /**
     * Adds payments, all or none; answers whether there was room.
     *
     * @param found those that are here, by the mempool's own ids, so that a reference is all that they take
     * @param absent those that are not
     */
    boolean addPayments(List<FullId> found, List<Hash256> absent) {
        if (payments.size() + missing.size() + found.size() + absent.size() > MAX_PAYMENTS) {
            return false;
        }
        payments.addAll(found);
        missing.add(absent);
        return true;
    }

    Optional<List<Smell>> takeLocator() {
        return Optional.ofNullable(locators.poll()).map(packed -> smells(packed, WireLimits.MAX_LOCATOR));
    }

    List<Smell> takeCheeses(int limit) {
        return smells(cheeses, limit);
    }

    Optional<Message.GetCheeseTransactions> takeCheeseTransactions() {
        return Optional.ofNullable(cheeseTransactions.poll()).map(asked -> new Message.GetCheeseTransactions(
                asked.smell(), asked.indexes().stream().boxed().toList()));
    }

    Optional<FullId> nextPayment() {
        return Optional.ofNullable(payments.peek());
    }

    void dropPayment() {
        payments.poll();
    }

    /** Payments that were asked for and are not here. */
    List<Hash256> takeMissing() {
        return missing.take(WireLimits.MAX_NOT_FOUND);
    }

    /** These payments were here when they were asked for, and are not any more. */
    void areMissing(List<Hash256> fullIds) {
        missing.add(fullIds);
    }

    private static List<Smell> smells(HashQueue hashes, int limit) {
        List<Smell> smells = new ArrayList<>();
        hashes.take(limit).forEach(hash -> smells.add(new Smell(hash)));
        return smells;
    }
}
