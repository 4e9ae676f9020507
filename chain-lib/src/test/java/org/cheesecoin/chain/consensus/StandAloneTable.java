package org.cheesecoin.chain.consensus;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

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
import org.cheesecoin.chain.cheese.Witness;
import org.cheesecoin.chain.crypto.Hash256;
import org.cheesecoin.chain.crypto.PrivateKey;
import org.cheesecoin.chain.crypto.PublicKey;
import org.cheesecoin.chain.crypto.Sha256;
import org.cheesecoin.chain.crypto.Signature;
import org.cheesecoin.chain.testing.CheeseFactory;
import org.cheesecoin.chain.testing.Payments;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.chain.testing.TestKeys.TestKey;
import org.cheesecoin.chain.testing.TestWorld;

import static org.cheesecoin.chain.consensus.BrokenRule.of;

/** What is refused with no look-up. A cheese of a coinbase and two payments is broken and mined again. */
final class StandAloneTable {

    private static final TestWorld WORLD = TestWorld.rich(3);
    private static final TestKey RECEIVER = TestKeys.key(9);
    private static final Payment PAYMENT = WORLD.pay(WORLD.allocation(1), RECEIVER, 11, 500);
    private static final Cheese CHEESE = WORLD.next(PAYMENT, WORLD.pay(WORLD.allocation(2), RECEIVER, 19, 500));
    private static final Coinbase COINBASE = (Coinbase) CHEESE.transactions().getFirst();

    private StandAloneTable() {}

    static List<BrokenRule> rows() {
        return List.of(headers(), cheeses(), transactions()).stream()
                .flatMap(List::stream)
                .toList();
    }

    private static List<BrokenRule> headers() {
        return List.of(
                header(Rule.HDR_VERSION, "version 2", header -> with(header, 2, header.timeMillis())),
                header(Rule.HDR_VERSION, "version 0", header -> with(header, 0, header.timeMillis())),
                header(Rule.HDR_TIME_RANGE, "time 0", header -> with(header, 1, 0)),
                header(Rule.HDR_TIME_RANGE, "a time below zero", header -> with(header, 1, -1)),
                header(Rule.HDR_TIME_RANGE, "time 2^53", header -> with(header, 1, 1L << 53)),
                of(Rule.HDR_WORK, "a nonce that misses the target",
                        () -> WORLD.standAlone(new Cheese(missing(CHEESE.header()), CHEESE.transactions()))),
                of(Rule.HDR_WORK, "a negative target", () -> unmined(0x2080_0001)),
                of(Rule.HDR_WORK, "a target of zero", () -> unmined(0x2000_0000)),
                of(Rule.HDR_WORK, "a target beyond 256 bits", () -> unmined(0xff7f_ffff)));
    }

    private static List<BrokenRule> cheeses() {
        return List.of(
                of(Rule.CHS_SIZE, "an encoding of 2,000,001 bytes", () -> Cheese.decode(new byte[2_000_001])),
                transactions(Rule.CHS_SIZE, "a coinbase of 1.9 MB and more", list -> List.of(
                        new Coinbase(1, new byte[0], Collections.nCopies(65_535, PAYMENT.outputs().getFirst())),
                        Payments.pay(WORLD.network(), List.of(WORLD.allocation(1)),
                                Collections.nCopies(4_000, PAYMENT.outputs().getFirst())))),
                of(Rule.CHS_MERKLE_ROOT, "a payment is left out", () -> WORLD.standAlone(
                        new Cheese(CHEESE.header(), CHEESE.transactions().subList(0, 2)))),
                of(Rule.CHS_MERKLE_ROOT, "the payments change places", () -> WORLD.standAlone(new Cheese(
                        CHEESE.header(), List.of(COINBASE, CHEESE.transactions().get(2), PAYMENT)))),
                of(Rule.CHS_MERKLE_ROOT, "the last payment twice, as in CVE-2012-2459", () -> {
                    List<Transaction> doubled = new ArrayList<>(CHEESE.transactions());
                    doubled.add(doubled.getLast());
                    return WORLD.standAlone(new Cheese(CHEESE.header(), doubled));
                }),
                of(Rule.CHS_MERKLE_ROOT, "another root in the header", () -> WORLD.standAlone(
                        CheeseFactory.withHeader(CHEESE, header -> new CheeseHeader(1, header.height(),
                                header.parentSmell(), Sha256.hash(), header.timeMillis(), header.compactTarget(), 0)))),
                transactions(Rule.CHS_COINBASE_FIRST, "no transaction", list -> List.of()),
                transactions(Rule.CHS_COINBASE_FIRST, "no coinbase", list -> list.subList(1, 3)),
                transactions(Rule.CHS_COINBASE_FIRST, "the coinbase second",
                        list -> List.of(list.get(1), list.get(0), list.get(2))),
                transactions(Rule.CHS_COINBASE_ONLY, "two coinbases", list -> {
                    Coinbase second = new Coinbase(1, new byte[]{2}, COINBASE.outputs());
                    return List.of(list.get(0), list.get(1), second, list.get(2));
                }),
                transactions(Rule.CHS_COINBASE_HEIGHT, "the height below", list -> height(list, 0)),
                transactions(Rule.CHS_COINBASE_HEIGHT, "the height above", list -> height(list, 2)),
                transactions(Rule.CHS_DOUBLE_SPEND, "two payments of one output",
                        list -> List.of(list.get(0), list.get(1), WORLD.pay(WORLD.allocation(1), RECEIVER, 12, 500))),
                transactions(Rule.CHS_DOUBLE_SPEND, "one payment twice",
                        list -> List.of(list.get(0), list.get(1), list.get(1))));
    }

    private static List<BrokenRule> transactions() {
        Witness witness = PAYMENT.witnesses().getFirst();
        return List.of(
                inCheeseAndLoose(Rule.TRX_SIGNATURE_LOW_S, "the high twin", signed(witness.publicKey(), highTwin())),
                inCheeseAndLoose(Rule.TRX_SIGNATURE, "one bit of the signature",
                        signed(witness.publicKey(), flipped(witness.signature()))),
                inCheeseAndLoose(Rule.TRX_SIGNATURE, "signature of zeros",
                        signed(witness.publicKey(), Signature.of(new byte[64]))),
                inCheeseAndLoose(Rule.TRX_SIGNATURE, "another one's key",
                        signed(RECEIVER.publicKey(), witness.signature())),
                inCheeseAndLoose(Rule.TRX_SIGNATURE, "a key that is no point",
                        signed(PublicKey.fromHex("02" + "0".repeat(63) + "5"), witness.signature())),
                inCheeseAndLoose(Rule.TRX_SIGNATURE, "another amount than was signed", new Payment(
                        new PaymentBody(PAYMENT.inputs(), List.of(Payments.to(RECEIVER, 12))), PAYMENT.witnesses())),
                inCheeseAndLoose(Rule.TRX_SIGNATURE, "signed for another network", Payments.sign(
                        Network.of(NetworkParameters.local()).id(), PAYMENT.body(), List.of(TestKeys.key(1)))),
                List.of(
                        of(Rule.TRX_COINBASE_LOOSE, "a coinbase on its own", () -> loose(COINBASE)),
                        of(Rule.TRX_SIZE, "a payment one byte too long for a cheese",
                                () -> loose(payment(55_528, 27)))))
                .stream()
                .flatMap(List::stream)
                .toList();
    }

    private static BrokenRule header(Rule rule, String what, UnaryOperator<CheeseHeader> change) {
        return of(rule, what, () -> WORLD.standAlone(CheeseFactory.withHeader(CHEESE, change)));
    }

    private static BrokenRule transactions(
            Rule rule, String what, Function<List<Transaction>, List<Transaction>> change) {
        return of(rule, what, () -> WORLD.standAlone(
                CheeseFactory.withTransactions(CHEESE, change.apply(CHEESE.transactions()))));
    }

    private static List<BrokenRule> inCheeseAndLoose(Rule rule, String what, Payment broken) {
        Supplier<Outcome<?>> inCheese = () -> WORLD.standAlone(CheeseFactory.withTransactions(
                CHEESE, List.of(COINBASE, broken, CHEESE.transactions().get(2))));
        return List.of(of(rule, what + ", in a cheese", inCheese), of(rule, what + ", loose", () -> loose(broken)));
    }

    private static Outcome<?> loose(Transaction transaction) {
        return TransactionRules.standAlone(transaction, WORLD.network().id(), TestKeys.SCHEME);
    }

    private static Payment signed(PublicKey key, Signature signature) {
        return new Payment(PAYMENT.body(), List.of(new Witness(key, signature)));
    }

    private static Signature highTwin() {
        Signature low = PAYMENT.witnesses().getFirst().signature();
        BigInteger high = PrivateKey.GROUP_ORDER.subtract(low.s());
        byte[] bytes = high.toByteArray();
        byte[] twin = low.toBytes();
        System.arraycopy(bytes, bytes.length - 32, twin, 32, 32);
        return Signature.of(twin);
    }

    private static Signature flipped(Signature signature) {
        byte[] bytes = signature.toBytes();
        bytes[20] ^= 1;
        return Signature.of(bytes);
    }

    private static Payment payment(int inputCount, int outputCount) {
        List<OutPoint> inputs = IntStream.range(0, inputCount)
                .mapToObj(i -> new OutPoint(new Txid(Hash256.ZERO), i))
                .toList();
        List<TransactionOutput> outputs = Collections.nCopies(outputCount, Payments.to(RECEIVER, 1));
        return Payments.sign(WORLD.network().id(), new PaymentBody(inputs, outputs), List.of(TestKeys.key(1)));
    }

    private static CheeseHeader with(CheeseHeader old, int version, long timeMillis) {
        return new CheeseHeader(
                version, old.height(), old.parentSmell(), old.merkleRoot(), timeMillis, old.compactTarget(), 0);
    }

    private static CheeseHeader missing(CheeseHeader header) {
        Hash256 bound = Target.ofCompact(header.compactTarget()).bound();
        CheeseHeader tried = header;
        while (tried.smell().hash().compareTo(bound) <= 0) {
            tried = tried.withNonce(tried.nonce() + 1);
        }
        return tried;
    }

    private static Outcome<?> unmined(int compactTarget) {
        CheeseHeader old = CHEESE.header();
        CheeseHeader header = new CheeseHeader(1, old.height(), old.parentSmell(), old.merkleRoot(),
                old.timeMillis(), compactTarget, old.nonce());
        return WORLD.standAlone(new Cheese(header, CHEESE.transactions()));
    }

    private static List<Transaction> height(List<Transaction> list, int height) {
        return List.of(new Coinbase(height, COINBASE.text(), COINBASE.outputs()), list.get(1), list.get(2));
    }

    /** What all of this begins with must itself be fine. */
    static List<Outcome<?>> valid() {
        return List.of(WORLD.check(CHEESE), loose(PAYMENT), loose(payment(55_532, 22)));
    }
}
