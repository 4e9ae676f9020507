package org.cheesecoin.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

import org.cheesecoin.chain.cheese.Address;
import org.cheesecoin.chain.cheese.Amount;
import org.cheesecoin.chain.cheese.OutPoint;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.PaymentBody;
import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.cheese.TransactionOutput;
import org.cheesecoin.chain.cheese.Witness;
import org.cheesecoin.chain.consensus.Coin;
import org.cheesecoin.chain.crypto.PrivateKey;
import org.cheesecoin.chain.crypto.PublicKey;
import org.cheesecoin.chain.crypto.Sha256;
import org.cheesecoin.chain.crypto.SignatureScheme;
import org.cheesecoin.chain.mempool.MempoolEntry;

/** One owner with one key, who pays others out of what the own member knows. */
final class Purse {

    /** An output with what it holds. */
    record Held(OutPoint outPoint, long crumbs) {}

    private static final Sha256 KEY = Sha256.tagged("CheeseCoin/simulator/purse");

    private final SignatureScheme signatures;
    private final Smell networkId;
    private final PrivateKey key;
    private final PublicKey publicKey;
    private final Address address;

    Purse(SignatureScheme signatures, Smell networkId, int number) {
        this.signatures = signatures;
        this.networkId = networkId;
        this.key = keyOf(number);
        this.publicKey = signatures.publicKey(key);
        this.address = Address.of(publicKey);
    }

    private static PrivateKey keyOf(int number) {
        return PrivateKey.of(KEY.of(new byte[]{(byte) (number >>> 8), (byte) number}).toBytes());
    }

    /** The address of the purse with this number, before there is a network. */
    static Address addressOf(SignatureScheme signatures, int number) {
        return Address.of(signatures.publicKey(keyOf(number)));
    }

    Address address() {
        return address;
    }

    /** What this owner can spend as this member sees it: its own unconfirmed outputs too. */
    List<Held> spendable(SimulatedMember member) {
        var parameters = member.node().stack().network().parameters();
        int nextHeight = member.node().stack().tip().height() + 1;
        var mempool = member.node().mempool();
        List<Held> held = new ArrayList<>();
        for (Map.Entry<OutPoint, Coin> entry : member.working().allCoins().entrySet()) {
            Coin coin = entry.getValue();
            if (coin.address().equals(address) && coin.spendableFrom(parameters) <= nextHeight
                    && mempool.spender(entry.getKey()).isEmpty()) {
                held.add(new Held(entry.getKey(), coin.amount().crumbs()));
            }
        }
        for (MempoolEntry entry : mempool.entries()) {
            for (int i = 0; i < entry.payment().outputs().size(); i++) {
                TransactionOutput output = entry.payment().outputs().get(i);
                OutPoint outPoint = entry.payment().outPoint(i);
                if (output.address().equals(address) && mempool.spender(outPoint).isEmpty()) {
                    held.add(new Held(outPoint, output.amount().crumbs()));
                }
            }
        }
        return held;
    }

    /** A payment of about half of some coin, if there is one. */
    Optional<Payment> payment(SimulatedMember member, Address to, RandomGenerator random) {
        List<Held> held = spendable(member);
        if (held.isEmpty()) {
            return Optional.empty();
        }
        Held coin = held.get(random.nextInt(held.size()));
        long fee = 300 + random.nextInt(1_000);
        long rest = coin.crumbs() - fee;
        if (rest < 2) {
            return Optional.empty();
        }
        long given = rest / 2;
        return Optional.of(sign(List.of(coin.outPoint()), List.of(
                new TransactionOutput(new Amount(given), to),
                new TransactionOutput(new Amount(rest - given), address))));
    }

    Payment sign(List<OutPoint> inputs, List<TransactionOutput> outputs) {
        PaymentBody body = new PaymentBody(inputs, outputs);
        var digest = PaymentBody.digest(networkId, body.txid());
        return new Payment(body, List.of(new Witness(publicKey, signatures.sign(key, digest))));
    }
}
