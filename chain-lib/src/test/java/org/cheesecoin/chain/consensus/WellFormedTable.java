package org.cheesecoin.chain.consensus;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

import org.cheesecoin.chain.cheese.Address;
import org.cheesecoin.chain.cheese.Amount;
import org.cheesecoin.chain.cheese.ByteWriter;
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
import org.cheesecoin.chain.cheese.Witness;
import org.cheesecoin.chain.testing.Payments;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.chain.testing.TestWorld;

import static org.cheesecoin.chain.consensus.BrokenRule.made;
import static org.cheesecoin.chain.consensus.BrokenRule.of;

/** What the decoder and the constructors refuse. A payment of two inputs, two outputs and two witnesses is broken. */
final class WellFormedTable {

    private static final TestWorld WORLD = TestWorld.rich(2);
    private static final Payment PAYMENT = Payments.pay(
            WORLD.network(),
            List.of(WORLD.allocation(1), WORLD.allocation(2)),
            List.of(Payments.to(TestKeys.key(3), 11), Payments.to(TestKeys.key(4), 19)));
    private static final Cheese CHEESE = WORLD.next(PAYMENT);
    private static final Coinbase COINBASE = (Coinbase) CHEESE.transactions().getFirst();

    // Where the parts of PAYMENT begin.
    private static final int INPUTS = 2;
    private static final int INPUT = 4;
    private static final int OUTPUTS = INPUT + 2 * OutPoint.BYTES;
    private static final int OUTPUT = OUTPUTS + 2;
    private static final int WITNESSES = OUTPUT + 2 * TransactionOutput.BYTES;
    private static final int WITNESS = WITNESSES + 2;
    private static final byte[] TEN_TO_THE_18 = {0x0d, (byte) 0xe0, (byte) 0xb6, (byte) 0xb3, (byte) 0xa7, 0x64, 0, 0};

    private WellFormedTable() {}

    static List<BrokenRule> rows() {
        return List.of(encoding(), inputsAndOutputs(), witnesses(), constructors()).stream()
                .flatMap(List::stream)
                .toList();
    }

    private static List<BrokenRule> encoding() {
        byte[] coinbase = COINBASE.toBytes();
        byte[] cheese = CHEESE.toBytes();
        byte[] header = CHEESE.header().toBytes();
        return List.of(
                payment(Rule.ENC_TRUNCATED, "the last byte is missing", bytes -> {}, bytes -> shorter(bytes, 1)),
                payment(Rule.ENC_TRUNCATED, "more inputs than bytes", bytes -> u16(bytes, INPUTS, 65_535)),
                payment(Rule.ENC_TRUNCATED, "more outputs than bytes", bytes -> u16(bytes, OUTPUTS, 65_535)),
                payment(Rule.ENC_TRUNCATED, "more witnesses than bytes", bytes -> u16(bytes, WITNESSES, 65_535)),
                of(Rule.ENC_TRUNCATED, "nothing at all", () -> Transaction.decode(new byte[0])),
                of(Rule.ENC_TRUNCATED, "a cheese's last byte", () -> Cheese.decode(shorter(cheese, 1))),
                of(Rule.ENC_TRUNCATED, "a header's last byte", () -> CheeseHeader.decode(shorter(header, 1))),
                payment(Rule.ENC_TRAILING, "one byte more", bytes -> {}, bytes -> longer(bytes)),
                of(Rule.ENC_TRAILING, "a coinbase and one byte", () -> Transaction.decode(longer(coinbase))),
                of(Rule.ENC_TRAILING, "a cheese and one byte", () -> Cheese.decode(longer(cheese))),
                of(Rule.ENC_TRAILING, "a header and one byte", () -> CheeseHeader.decode(longer(header))),
                cheese(Rule.ENC_LIMIT, "transactions that never fit", bytes -> u32(bytes, 92, 11_766)),
                cheese(Rule.ENC_LIMIT, "four thousand million transactions", bytes -> u32(bytes, 92, -1)),
                payment(Rule.ENC_VERSION, "transaction version 2", bytes -> bytes[0] = 2),
                payment(Rule.ENC_VERSION, "transaction version 0", bytes -> bytes[0] = 0),
                payment(Rule.ENC_VERSION, "an unknown kind", bytes -> bytes[1] = 2),
                payment(Rule.ENC_VERSION, "address version 1", bytes -> bytes[OUTPUT + 8] = 1),
                payment(Rule.ENC_VALUE, "an index beyond 31 bits", bytes -> bytes[INPUT + 32] = (byte) 0x80),
                of(Rule.ENC_VALUE, "a coinbase's height beyond 31 bits", () -> {
                    byte[] bytes = coinbase.clone();
                    bytes[2] = (byte) 0x80;
                    return Transaction.decode(bytes);
                }),
                cheese(Rule.ENC_VALUE, "a header's height beyond 31 bits", bytes -> bytes[4] = (byte) 0x80),
                of(Rule.ENC_VALUE, "an address of another coin",
                        () -> Address.parse("bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0")));
    }

    private static List<BrokenRule> inputsAndOutputs() {
        return List.of(
                of(Rule.TRX_INPUTS_EMPTY, "no input", () -> {
                    ByteWriter bytes = new ByteWriter(300).u8(1).u8(0).u16(0);
                    return Transaction.decode(bytes.raw(rest(OUTPUTS)).toBytes());
                }),
                of(Rule.TRX_OUTPUTS_EMPTY, "no output", () -> {
                    ByteWriter bytes = new ByteWriter(300).raw(Arrays.copyOf(PAYMENT.toBytes(), OUTPUTS)).u16(0);
                    return Transaction.decode(bytes.raw(rest(WITNESSES)).toBytes());
                }),
                payment(Rule.TRX_INPUT_DUPLICATE, "one input twice",
                        bytes -> System.arraycopy(bytes, INPUT, bytes, INPUT + OutPoint.BYTES, OutPoint.BYTES)),
                payment(Rule.TRX_AMOUNT_ZERO, "an output of nothing", bytes -> bytes[OUTPUT + 7] = 0),
                payment(Rule.TRX_AMOUNT_RANGE, "one crumb more than all",
                        bytes -> amount(bytes, 0, Amount.MAX_CRUMBS + 1)),
                payment(Rule.TRX_AMOUNT_RANGE, "a negative amount", bytes -> amount(bytes, 0, -11)),
                payment(Rule.TRX_AMOUNT_RANGE, "the least amount of 64 bits",
                        bytes -> amount(bytes, 0, Long.MIN_VALUE)),
                payment(Rule.TRX_AMOUNT_RANGE, "an amount of 10^18",
                        bytes -> System.arraycopy(TEN_TO_THE_18, 0, bytes, OUTPUT, 8)),
                payment(Rule.TRX_AMOUNT_SUM, "one crumb too much in two outputs", bytes -> {
                    amount(bytes, 0, Amount.MAX_CRUMBS);
                    amount(bytes, 1, 1);
                }),
                made(Rule.TRX_AMOUNT_SUM, "a coinbase of all money twice",
                        () -> new Coinbase(1, new byte[0], List.of(all(), all()))),
                of(Rule.TRX_TEXT_LENGTH, "a text of 65 bytes", () -> Transaction.decode(new ByteWriter(80)
                        .u8(1).u8(1).u32(1).u8(65).raw(new byte[65]).u16(0).toBytes())),
                made(Rule.TRX_TEXT_LENGTH, "a text of 65 bytes", () -> new Coinbase(1, new byte[65], List.of())));
    }

    private static List<BrokenRule> witnesses() {
        return List.of(
                payment(Rule.TRX_WITNESS_EMPTY, "nobody signed", bytes -> u16(bytes, WITNESSES, 0),
                        bytes -> Arrays.copyOf(bytes, WITNESS)),
                payment(Rule.TRX_WITNESS_ORDER, "the witnesses change places", bytes -> {
                    byte[] first = Arrays.copyOfRange(bytes, WITNESS, WITNESS + Witness.BYTES);
                    System.arraycopy(bytes, WITNESS + Witness.BYTES, bytes, WITNESS, Witness.BYTES);
                    System.arraycopy(first, 0, bytes, WITNESS + Witness.BYTES, Witness.BYTES);
                }),
                payment(Rule.TRX_WITNESS_ORDER, "one witness twice",
                        bytes -> System.arraycopy(bytes, WITNESS, bytes, WITNESS + Witness.BYTES, Witness.BYTES)),
                payment(Rule.TRX_PUBLIC_KEY, "a key that begins with 4", bytes -> bytes[WITNESS] = 4),
                payment(Rule.TRX_PUBLIC_KEY, "a key that begins with 0", bytes -> bytes[WITNESS] = 0));
    }

    private static List<BrokenRule> constructors() {
        OutPoint input = PAYMENT.inputs().getFirst();
        TransactionOutput output = PAYMENT.outputs().getFirst();
        return List.of(
                made(Rule.ENC_LIMIT, "65,536 outputs",
                        () -> new Coinbase(1, new byte[0], Collections.nCopies(65_536, output))),
                made(Rule.ENC_LIMIT, "65,536 inputs",
                        () -> new PaymentBody(Collections.nCopies(65_536, input), List.of(output))),
                made(Rule.ENC_LIMIT, "65,536 witnesses", () -> new Payment(
                        PAYMENT.body(), Collections.nCopies(65_536, PAYMENT.witnesses().getFirst()))),
                made(Rule.ENC_VALUE, "an index below zero", () -> new OutPoint(PAYMENT.txid(), -1)),
                made(Rule.ENC_VALUE, "a height below zero", () -> new Coinbase(-1, new byte[0], List.of())),
                made(Rule.TRX_INPUTS_EMPTY, "no input", () -> new PaymentBody(List.of(), List.of(output))),
                made(Rule.TRX_OUTPUTS_EMPTY, "no output", () -> new PaymentBody(List.of(input), List.of())),
                made(Rule.TRX_INPUT_DUPLICATE, "one input twice",
                        () -> new PaymentBody(List.of(input, input), List.of(output))),
                made(Rule.TRX_AMOUNT_ZERO, "an output of nothing",
                        () -> new TransactionOutput(Amount.ZERO, output.address())),
                made(Rule.TRX_WITNESS_EMPTY, "nobody signed", () -> new Payment(PAYMENT.body(), List.of())),
                made(Rule.TRX_WITNESS_ORDER, "the witnesses change places",
                        () -> new Payment(PAYMENT.body(), PAYMENT.witnesses().reversed())));
    }

    private static BrokenRule payment(Rule rule, String what, Consumer<byte[]> change) {
        return payment(rule, what, change, Function.identity());
    }

    private static BrokenRule payment(
            Rule rule, String what, Consumer<byte[]> change, Function<byte[], byte[]> length) {
        return of(rule, what, () -> {
            byte[] bytes = PAYMENT.toBytes();
            change.accept(bytes);
            return Transaction.decode(length.apply(bytes));
        });
    }

    private static BrokenRule cheese(Rule rule, String what, Consumer<byte[]> change) {
        return of(rule, what, () -> {
            byte[] bytes = CHEESE.toBytes();
            change.accept(bytes);
            return Cheese.decode(bytes);
        });
    }

    private static TransactionOutput all() {
        return new TransactionOutput(new Amount(Amount.MAX_CRUMBS), TestKeys.key(1).address());
    }

    private static byte[] rest(int from) {
        byte[] bytes = PAYMENT.toBytes();
        return Arrays.copyOfRange(bytes, from, bytes.length);
    }

    private static void amount(byte[] bytes, int output, long crumbs) {
        byte[] encoded = new ByteWriter(8).u64(crumbs).toBytes();
        System.arraycopy(encoded, 0, bytes, OUTPUT + output * TransactionOutput.BYTES, 8);
    }

    private static void u16(byte[] bytes, int at, int value) {
        bytes[at] = (byte) (value >>> 8);
        bytes[at + 1] = (byte) value;
    }

    private static void u32(byte[] bytes, int at, int value) {
        u16(bytes, at, value >>> 16);
        u16(bytes, at + 2, value);
    }

    private static byte[] shorter(byte[] bytes, int by) {
        return Arrays.copyOf(bytes, bytes.length - by);
    }

    private static byte[] longer(byte[] bytes) {
        return Arrays.copyOf(bytes, bytes.length + 1);
    }

    /** What all of this begins with must itself be fine. */
    static List<Outcome<?>> valid() {
        return List.of(
                Transaction.decode(PAYMENT.toBytes()), Cheese.decode(CHEESE.toBytes()), WORLD.check(CHEESE));
    }
}
