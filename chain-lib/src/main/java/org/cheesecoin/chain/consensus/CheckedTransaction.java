package org.cheesecoin.chain.consensus;

import java.util.List;

import org.cheesecoin.chain.cheese.Address;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.Smell;

/**
 * A payment of which everything is checked that needs no look-up, its signatures among it. Only {@link
 * TransactionRules#standAlone} makes one from a stranger's bytes.
 */
public final class CheckedTransaction {

    private final Payment payment;
    private final Smell networkId;
    private final List<Address> signers;

    CheckedTransaction(Payment payment, Smell networkId) {
        this.payment = payment;
        this.networkId = networkId;
        this.signers = payment.witnesses().stream()
                .map(witness -> Address.of(witness.publicKey()))
                .toList();
    }

    /** One that this member checked before and kept: in its own store, or in its mempool. */
    public static CheckedTransaction trusted(Payment payment, Smell networkId) {
        return new CheckedTransaction(payment, networkId);
    }

    /** What was checked. */
    public Payment payment() {
        return payment;
    }

    /** The network on which its signatures hold. */
    public Smell networkId() {
        return networkId;
    }

    /** The address of each witness's key, in the order of the witnesses. */
    public List<Address> signers() {
        return signers;
    }

    @Override
    public String toString() {
        return "Checked" + payment;
    }
}
