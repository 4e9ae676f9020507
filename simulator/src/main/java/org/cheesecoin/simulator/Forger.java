package org.cheesecoin.simulator;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

import org.cheesecoin.chain.cheese.Amount;
import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.CheeseHeader;
import org.cheesecoin.chain.cheese.Coinbase;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.cheese.Transaction;
import org.cheesecoin.chain.cheese.TransactionOutput;
import org.cheesecoin.chain.cheese.Witness;
import org.cheesecoin.chain.consensus.Difficulty;
import org.cheesecoin.chain.consensus.NetworkParameters;
import org.cheesecoin.chain.consensus.StackedHeader;
import org.cheesecoin.chain.consensus.Subsidy;
import org.cheesecoin.chain.crypto.Hash256;
import org.cheesecoin.chain.crypto.Signature;
import org.cheesecoin.chain.wire.Message;

/** Makes what a liar sends. Every cheese and header has valid proof of work; the rest is false in one way each. */
final class Forger {

    private static final int STALE_DEPTH = 4;

    private final Cluster cluster;
    private final SimulatedMember member;
    private final RandomGenerator random;

    Forger(Cluster cluster, SimulatedMember member, RandomGenerator random) {
        this.cluster = cluster;
        this.member = member;
        this.random = random;
    }

    static List<Payment> payments(Cheese cheese) {
        return cheese.transactions().stream()
                .filter(Payment.class::isInstance)
                .map(Payment.class::cast)
                .toList();
    }

    /** A valid cheese on the tip, if the payments are valid. */
    Cheese honest(List<Payment> payments) {
        return cheese(tip(), payments, 0);
    }

    /** Its coinbase pays more than it may. */
    Cheese greedy() {
        return cheese(tip(), List.of(), 1 + random.nextInt(1_000));
    }

    /** Two of its payments spend one output. */
    Optional<Cheese> doubleSpend() {
        return conflict().map(this::honest);
    }

    /** Two payments of one output. */
    Optional<List<Payment>> conflict() {
        return coin(member.index()).map(coin -> List.of(spend(coin, 1), spend(coin, 2)));
    }

    private Payment spend(Purse.Held coin, int recipient) {
        return own().sign(List.of(coin.outPoint()), List.of(
                new TransactionOutput(new Amount(coin.crumbs() - 500L * recipient),
                        cluster.purse(recipient).address())));
    }

    /** One of its payments has a signature that is not its key's. */
    Optional<Cheese> badSignature() {
        return brokenPayment().map(payment -> honest(List.of(payment)));
    }

    /** A payment whose signature is broken. */
    Optional<Payment> brokenPayment() {
        return coin(member.index()).map(coin -> {
            Payment payment = spend(coin, 1);
            byte[] broken = payment.witnesses().getFirst().signature().toBytes();
            broken[5] ^= 1;
            return new Payment(payment.body(), List.of(
                    new Witness(payment.witnesses().getFirst().publicKey(), Signature.of(broken))));
        });
    }

    /** The liar spends another's coin. */
    Optional<Cheese> stolen() {
        return coin(0).map(coin -> honest(List.of(spend(coin, 1))));
    }

    private Optional<Purse.Held> coin(int owner) {
        List<Purse.Held> held = cluster.purse(owner).spendable(member);
        return held.isEmpty() ? Optional.empty() : Optional.of(held.get(random.nextInt(held.size())));
    }

    /** Its header commits to other transactions. */
    Cheese wrongBody() {
        Cheese cheese = honest(List.of());
        CheeseHeader header = cheese.header();
        CheeseHeader other = new CheeseHeader(
                header.version(),
                header.height(),
                header.parentSmell(),
                randomHash(),
                header.timeMillis(),
                header.compactTarget(),
                0);
        return new Cheese(VirtualMiner.search(other), cheese.transactions());
    }

    /** It carries another target than the rule gives. */
    CheeseHeader wrongTarget() {
        CheeseHeader header = honest(List.of()).header();
        return VirtualMiner.search(new CheeseHeader(
                header.version(),
                header.height(),
                header.parentSmell(),
                header.merkleRoot(),
                header.timeMillis(),
                header.compactTarget() - 1,
                0));
    }

    /** It is no later than its parent. */
    Optional<Cheese> wrongTime() {
        Cheese cheese = honest(List.of());
        CheeseHeader header = cheese.header();
        return Optional.of(new Cheese(
                VirtualMiner.search(new CheeseHeader(
                        header.version(),
                        header.height(),
                        header.parentSmell(),
                        header.merkleRoot(),
                        tip().header().timeMillis(),
                        header.compactTarget(),
                        0)),
                cheese.transactions()));
    }

    /** Headers that stand on nothing, some without proof of work. */
    List<CheeseHeader> garbage(int count) {
        List<CheeseHeader> headers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            CheeseHeader header = honest(List.of()).header();
            headers.add(new CheeseHeader(
                    header.version(),
                    header.height(),
                    new Smell(randomHash()),
                    randomHash(),
                    header.timeMillis(),
                    header.compactTarget(),
                    random.nextLong()));
        }
        return headers;
    }

    /** Answers that nobody asked for. */
    List<Message> unsolicited() {
        return List.of(
                new Message.Pong(random.nextLong(), member.clockMillis()),
                new Message.CheeseBody(honest(List.of())),
                new Message.CheeseTransactions(tip().smell(), List.of()),
                new Message.NotFound(List.of(randomHash())));
    }

    /** Bytes that are no frame: noise, a list beyond its limit, or something after the end. */
    byte[] brokenFrame() {
        return switch (random.nextInt(3)) {
            case 0 -> {
                byte[] noise = new byte[1 + random.nextInt(200)];
                random.nextBytes(noise);
                // Not by chance a message that is fine.
                noise[0] = (byte) 0xee;
                yield noise;
            }
            case 1 -> new byte[]{7, (byte) 0xff, (byte) 0xff};
            default -> new byte[]{13, 0};
        };
    }

    /** A valid cheese far below the tip. */
    Optional<Cheese> stale() {
        return member.node()
                .stack()
                .headerAt(tip().height() - STALE_DEPTH)
                .map(parent -> cheese(parent, List.of(), 0));
    }

    private StackedHeader tip() {
        return member.node().stack().tip();
    }

    private Purse own() {
        return cluster.purse(member.index());
    }

    private Cheese cheese(StackedHeader parent, List<Payment> payments, long moreCrumbs) {
        NetworkParameters parameters = cluster.settings().network().parameters();
        int height = parent.height() + 1;
        long reward = Subsidy.at(height, parameters).crumbs() + moreCrumbs;
        byte[] text = ("a lie " + random.nextInt()).getBytes(StandardCharsets.UTF_8);
        List<Transaction> transactions = new ArrayList<>();
        transactions
                .add(new Coinbase(height, text, List.of(new TransactionOutput(new Amount(reward), own().address()))));
        transactions.addAll(payments);
        long timeMillis = Math.max(member.clockMillis(), parent.header().timeMillis() + 1);
        CheeseHeader header = new CheeseHeader(
                CheeseHeader.VERSION,
                height,
                parent.smell(),
                Cheese.merkleRoot(transactions),
                timeMillis,
                Difficulty.targetAbove(parent, timeMillis, parameters).compact(),
                0);
        return new Cheese(VirtualMiner.search(header), transactions);
    }

    private Hash256 randomHash() {
        byte[] bytes = new byte[Hash256.BYTES];
        random.nextBytes(bytes);
        return Hash256.of(bytes);
    }
}
