package org.cheesecoin.chain.testing;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

import org.cheesecoin.chain.cheese.Address;
import org.cheesecoin.chain.cheese.Amount;
import org.cheesecoin.chain.cheese.OutPoint;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.PaymentBody;
import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.cheese.Transaction;
import org.cheesecoin.chain.cheese.TransactionOutput;
import org.cheesecoin.chain.cheese.Witness;
import org.cheesecoin.chain.consensus.Network;
import org.cheesecoin.chain.crypto.Hash256;
import org.cheesecoin.chain.crypto.PrivateKey;
import org.cheesecoin.chain.crypto.Signature;
import org.cheesecoin.chain.testing.TestKeys.TestKey;

/** Builds signed payments. */
public final class Payments {

    private Payments() {}

    /** An output to spend and the key that may. */
    public record Input(OutPoint outPoint, TestKey owner) {}

    /** One output of this transaction, with its owner's key. */
    public static Input from(Transaction transaction, int index, TestKey owner) {
        return new Input(transaction.outPoint(index), owner);
    }

    /** So many crumbs for this owner. */
    public static TransactionOutput to(Address owner, long crumbs) {
        return new TransactionOutput(new Amount(crumbs), owner);
    }

    /** So many crumbs for this owner. */
    public static TransactionOutput to(TestKey owner, long crumbs) {
        return to(owner.address(), crumbs);
    }

    /** A payment from one owner, signed for this network. */
    public static Payment pay(Network network, Input input, TransactionOutput... outputs) {
        return pay(network, List.of(input), List.of(outputs));
    }

    /** A payment signed by each owner of its inputs for this network. */
    public static Payment pay(Network network, List<Input> inputs, List<TransactionOutput> outputs) {
        PaymentBody body = new PaymentBody(inputs.stream().map(Input::outPoint).toList(), outputs);
        return sign(network.id(), body, inputs.stream().map(Input::owner).toList());
    }

    /** This body signed by these keys, whoever owns the inputs; each key once, in the order that the rules ask for. */
    public static Payment sign(Smell networkId, PaymentBody body, List<TestKey> signers) {
        Hash256 digest = PaymentBody.digest(networkId, body.txid());
        List<Witness> witnesses = signers.stream()
                .distinct()
                .sorted(Comparator.comparing(TestKey::publicKey))
                .map(key -> new Witness(key.publicKey(), TestKeys.SCHEME.sign(key.privateKey(), digest)))
                .toList();
        return new Payment(body, witnesses);
    }

    /** The same payment of one owner with another signature that is as good: its nonce is not that of RFC 6979. */
    public static Payment signedAnew(Network network, Payment payment, TestKey owner) {
        BigInteger order = PrivateKey.GROUP_ORDER;
        TestKey nonce = TestKeys.key(123_456);
        BigInteger r = new BigInteger(1, nonce.publicKey().toBytes(), 1, Hash256.BYTES).mod(order);
        BigInteger digest = PaymentBody.digest(network.id(), payment.txid()).toNumber();
        BigInteger s = number(nonce).modInverse(order).multiply(digest.add(r.multiply(number(owner)))).mod(order);
        Witness witness = new Witness(owner.publicKey(), Signature.of(ByteBuffer.allocate(Signature.BYTES)
                .put(bytes(r))
                .put(bytes(s.min(order.subtract(s))))
                .array()));
        return new Payment(payment.body(), List.of(witness));
    }

    private static byte[] bytes(BigInteger number) {
        return HexFormat.of().parseHex("%064x".formatted(number));
    }

    private static BigInteger number(TestKey key) {
        return new BigInteger(1, key.privateKey().toBytes());
    }
}
