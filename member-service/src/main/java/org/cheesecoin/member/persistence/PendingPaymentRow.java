package org.cheesecoin.member.persistence;

import org.cheesecoin.chain.cheese.Amount;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.Transaction;
import org.hibernate.annotations.Immutable;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A payment of the mempool; the loop writes it. */
@Entity
@Immutable
@Table(name = "pending_payment")
@SuppressWarnings({"NullAway.Init", "unused"})
class PendingPaymentRow {

    @Id private long id;
    private byte[] fullId;
    private byte[] txid;
    private long feeCrumbs;
    private long arrivedMillis;
    private byte[] payment;

    protected PendingPaymentRow() {}

    long id() {
        return id;
    }

    PendingPayment value() {
        Payment decoded = (Payment) Transaction.decode(payment).orElseThrow();
        return new PendingPayment(decoded, new Amount(feeCrumbs), arrivedMillis);
    }
}
