package org.cheesecoin.chain.consensus;

import java.util.List;

import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.CheeseHeader;
import org.cheesecoin.chain.cheese.Coinbase;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.Smell;

/**
 * A cheese of which everything is checked that needs no look-up. Only {@link CheeseRules#standAlone} makes one from a
 * stranger's bytes, so unchecked data cannot reach the stack.
 */
public final class CheckedCheese {

    private final Cheese cheese;
    private final List<CheckedTransaction> payments;

    CheckedCheese(Cheese cheese, List<CheckedTransaction> payments) {
        this.cheese = cheese;
        this.payments = List.copyOf(payments);
    }

    /** One that is read back from this member's own store, where only checked ones are written. */
    public static CheckedCheese trusted(Cheese cheese, Smell networkId) {
        List<CheckedTransaction> payments = cheese.transactions().stream()
                .filter(Payment.class::isInstance)
                .map(payment -> CheckedTransaction.trusted((Payment) payment, networkId))
                .toList();
        return new CheckedCheese(cheese, payments);
    }

    /** What was checked. */
    public Cheese cheese() {
        return cheese;
    }

    /** Its header. */
    public CheeseHeader header() {
        return cheese.header();
    }

    /** Its smell. */
    public Smell smell() {
        return cheese.smell();
    }

    /** Its first transaction. */
    public Coinbase coinbase() {
        return (Coinbase) cheese.transactions().getFirst();
    }

    /** All its other transactions. */
    public List<CheckedTransaction> payments() {
        return payments;
    }

    @Override
    public String toString() {
        return "Checked" + cheese;
    }
}
