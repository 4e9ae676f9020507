package org.cheesecoin.system;

import java.nio.ByteBuffer;
import java.util.List;

import org.cheesecoin.chain.cheese.CheeseHeader;
import org.cheesecoin.chain.cheese.OutPoint;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.PaymentBody;
import org.cheesecoin.chain.crypto.Hash256;
import org.cheesecoin.chain.testing.Payments;
import org.cheesecoin.chain.testing.TestKeys;

/** Takes something good and breaks one thing of it. */
final class BrokenBytes {

    private static final int FIRST_AMOUNT_OF_ONE_INPUT = 1 + 1 + 2 + OutPoint.BYTES + 2;

    private BrokenBytes() {}

    /** The encoding of a payment of one input with another first amount, whatever its constructor thinks of it. */
    static byte[] withFirstAmount(Payment payment, long crumbs) {
        byte[] bytes = payment.toBytes();
        ByteBuffer.wrap(bytes).putLong(FIRST_AMOUNT_OF_ONE_INPUT, crumbs);
        return bytes;
    }

    /** The same witnesses under a body that pays somebody else. */
    static Payment signedForAnotherBody(Payment payment) {
        PaymentBody other = new PaymentBody(payment.inputs(),
                List.of(Payments.to(TestKeys.key(666), payment.outputs().getFirst().amount().crumbs())));
        return new Payment(other, payment.witnesses());
    }

    static CheeseHeader withoutMerkleRoot(CheeseHeader header) {
        return new CheeseHeader(header.version(), header.height(), header.parentSmell(), Hash256.ZERO,
                header.timeMillis(), header.compactTarget(), 0);
    }

    static CheeseHeader withTarget(CheeseHeader header, int compactTarget) {
        return new CheeseHeader(header.version(), header.height(), header.parentSmell(), header.merkleRoot(),
                header.timeMillis(), compactTarget, 0);
    }
}
