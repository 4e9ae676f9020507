package org.cheesecoin.chain.consensus;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

import org.cheesecoin.chain.cheese.Amount;
import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.CheeseHeader;
import org.cheesecoin.chain.cheese.Coinbase;
import org.cheesecoin.chain.cheese.OutPoint;
import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.PaymentBody;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.Transaction;
import org.cheesecoin.chain.cheese.TransactionOutput;
import org.cheesecoin.chain.cheese.Txid;
import org.cheesecoin.chain.crypto.Hash256;
import org.cheesecoin.chain.testing.CheeseFactory;
import org.cheesecoin.chain.testing.Payments;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.chain.testing.TestKeys.TestKey;
import org.cheesecoin.chain.testing.TestWorld;

import static org.cheesecoin.chain.consensus.BrokenRule.of;

/** What is refused for its parent or for the coins; all of it passes the rules before. */
final class InContextTable {

    private static final TestWorld WORLD = TestWorld.rich(3);
    private static final TestKey RECEIVER = TestKeys.key(9);
    private static final Payment SPENT = WORLD.pay(WORLD.allocation(3), RECEIVER, 1_000, 0);

    static {
        WORLD.mine(SPENT);
        WORLD.mineEmpty(9);
    }

    private static final Cheese CHEESE = WORLD.next(WORLD.pay(WORLD.allocation(1), RECEIVER, 11, 500));

    private InContextTable() {}

    static List<BrokenRule> rows() {
        return List.of(headers(), transactions()).stream().flatMap(List::stream).toList();
    }

    private static List<BrokenRule> headers() {
        long parentTimeMillis = WORLD.tip().header().timeMillis();
        int target = CHEESE.header().compactTarget();
        return List.of(
                of(Rule.HDR_HEIGHT, "its parent's height", () -> ofHeight(WORLD.tip().height())),
                of(Rule.HDR_HEIGHT, "one height left out", () -> ofHeight(WORLD.tip().height() + 2)),
                header(Rule.HDR_TIME_ORDER, "its parent's time", old -> with(old, parentTimeMillis, target)),
                header(Rule.HDR_TIME_ORDER, "a time before its parent's",
                        old -> with(old, parentTimeMillis - 1, target)),
                header(Rule.HDR_TARGET, "an easier target than the rule gives",
                        old -> with(old, old.timeMillis(), 0x2100_ffff)),
                header(Rule.HDR_TARGET, "a target that is harder in its last byte",
                        old -> with(old, old.timeMillis(), 0x207f_fffe)),
                of(Rule.HDR_TARGET, "the right number in other bytes", () -> {
                    TestWorld world = TestWorld.of(withFirstTarget(0x2012_3400));
                    return world.check(CheeseFactory.withHeader(
                            world.next(), old -> with(old, old.timeMillis(), 0x2100_1234)));
                }));
    }

    private static List<BrokenRule> transactions() {
        Payments.Input mine = WORLD.allocation(1);
        Payments.Input other = WORLD.allocation(2);
        long all = WORLD.coins().coin(mine.outPoint()).orElseThrow().amount().crumbs();
        OutPoint unknown = new OutPoint(new Txid(Hash256.ZERO), 0);
        Payment parent = WORLD.pay(mine, RECEIVER, 700, 0);
        Payment child = Payments.pay(
                WORLD.network(), Payments.from(parent, 0, RECEIVER), Payments.to(RECEIVER, 700));
        PaymentBody body = new PaymentBody(List.of(mine.outPoint()), List.of(Payments.to(RECEIVER, 11)));
        PaymentBody both = new PaymentBody(
                List.of(mine.outPoint(), other.outPoint()), List.of(Payments.to(RECEIVER, 11)));
        return List.of(
                coinbase("one crumb too much", CHEESE, 1),
                coinbase("all that fits into an output", CHEESE, Amount.MAX_CRUMBS - reward(CHEESE)),
                coinbase("the fee of a payment that is not there", WORLD.next(), 500),
                payment(Rule.TRX_INPUT_UNKNOWN, "an output that never was", Payments.pay(
                        WORLD.network(), new Payments.Input(unknown, RECEIVER), Payments.to(RECEIVER, 1))),
                payment(Rule.TRX_INPUT_UNKNOWN, "an output that was spent", Payments.pay(
                        WORLD.network(), WORLD.allocation(3), Payments.to(RECEIVER, 1))),
                payment(Rule.TRX_INPUT_UNKNOWN, "an index that its transaction has not", Payments.pay(
                        WORLD.network(), new Payments.Input(SPENT.outPoint(2), RECEIVER), Payments.to(RECEIVER, 1))),
                payment(Rule.TRX_INPUT_UNKNOWN, "what is made later in the cheese", child, parent),
                payment(Rule.TRX_INPUT_IMMATURE, "a coinbase nine cheeses old", Payments.pay(
                        WORLD.network(), WORLD.coinbase(2), Payments.to(RECEIVER, 1))),
                of(Rule.TRX_INPUT_IMMATURE, "the coinbase of its own cheese", () -> {
                    Coinbase coinbase = (Coinbase) WORLD.next().transactions().getFirst();
                    Payment payment = Payments.pay(WORLD.network(),
                            Payments.from(coinbase, 0, WORLD.miner()), Payments.to(RECEIVER, 1));
                    return WORLD.check(CheeseFactory.withTransactions(CHEESE, List.of(coinbase, payment)));
                }),
                payment(Rule.TRX_WITNESS_MISSING, "signed by another one only", signed(body, RECEIVER)),
                payment(Rule.TRX_WITNESS_MISSING, "signed by one of two owners", signed(both, mine.owner())),
                payment(Rule.TRX_WITNESS_MISSING, "signed by an owner and by another one",
                        signed(both, mine.owner(), RECEIVER)),
                payment(Rule.TRX_WITNESS_UNUSED, "signed by another one too",
                        signed(body, mine.owner(), RECEIVER)),
                payment(Rule.TRX_WITNESS_UNUSED, "signed by another one beside two owners",
                        signed(both, mine.owner(), other.owner(), RECEIVER)),
                payment(Rule.TRX_UNDERFUNDED, "one crumb more than the input",
                        Payments.pay(WORLD.network(), mine, Payments.to(RECEIVER, all + 1))),
                payment(Rule.TRX_UNDERFUNDED, "one crumb more in two outputs",
                        Payments.pay(WORLD.network(), mine, Payments.to(RECEIVER, all), Payments.to(RECEIVER, 1))));
    }

    private static BrokenRule coinbase(String what, Cheese cheese, long moreCrumbs) {
        return of(Rule.CHS_COINBASE_AMOUNT, what, () -> {
            Coinbase honest = (Coinbase) cheese.transactions().getFirst();
            List<TransactionOutput> outputs = List.of(Payments.to(RECEIVER, reward(cheese) + moreCrumbs));
            List<Transaction> transactions = new ArrayList<>(cheese.transactions());
            transactions.set(0, new Coinbase(honest.height(), honest.text(), outputs));
            return WORLD.check(CheeseFactory.withTransactions(cheese, transactions));
        });
    }

    private static long reward(Cheese cheese) {
        return cheese.transactions().getFirst().outputSum().crumbs();
    }

    /** In a cheese whose coinbase is content with nothing, so that only the payment can be at fault. */
    private static BrokenRule payment(Rule rule, String what, Payment... payments) {
        return of(rule, what, () -> {
            List<Transaction> transactions = new ArrayList<>();
            transactions.add(new Coinbase(CHEESE.height(), new byte[0], List.of()));
            transactions.addAll(List.of(payments));
            return WORLD.check(CheeseFactory.withTransactions(CHEESE, transactions));
        });
    }

    private static Payment signed(PaymentBody body, TestKey... signers) {
        return Payments.sign(WORLD.network().id(), body, List.of(signers));
    }

    private static BrokenRule header(Rule rule, String what, UnaryOperator<CheeseHeader> change) {
        return of(rule, what, () -> WORLD.check(CheeseFactory.withHeader(CHEESE, change)));
    }

    private static CheeseHeader with(CheeseHeader old, long timeMillis, int compactTarget) {
        return new CheeseHeader(
                1, old.height(), old.parentSmell(), old.merkleRoot(), timeMillis, compactTarget, 0);
    }

    private static Outcome<?> ofHeight(int height) {
        List<Transaction> transactions = List.of(new Coinbase(height, new byte[0], List.of()));
        CheeseHeader old = CHEESE.header();
        CheeseHeader header = new CheeseHeader(1, height, old.parentSmell(), Cheese.merkleRoot(transactions),
                old.timeMillis(), old.compactTarget(), 0);
        return WORLD.check(new Cheese(CheeseFactory.mine(header), transactions));
    }

    private static NetworkParameters withFirstTarget(int compactTarget) {
        NetworkParameters test = NetworkParameters.test();
        return new NetworkParameters(
                test.name(), test.blueTimeMillis(), compactTarget, test.retargeting(), test.spacingMillis(),
                test.halfLifeMillis(), test.easiestFactor(), test.onDemandMining(), test.coinbaseMaturity(),
                test.firstSubsidyCrumbs(), test.halvingInterval(), test.allocations());
    }

    /** What all of this begins with must itself be fine. */
    static List<Outcome<?>> valid() {
        Payment mature = Payments.pay(WORLD.network(), WORLD.coinbase(1), Payments.to(RECEIVER, 1));
        TestWorld other = TestWorld.of(withFirstTarget(0x2012_3400));
        return List.of(
                WORLD.check(CHEESE), WORLD.check(WORLD.next(mature)), other.check(other.next()));
    }
}
