package org.cheesecoin.chain.cheese;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

import org.cheesecoin.chain.testing.Payments;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.chain.testing.TestWorld;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever bytes come, the decoder answers; and what it takes has this one encoding. */
class DecoderFuzzTest {

    private static final int ROUNDS = 20_000;
    private static final TestWorld WORLD = TestWorld.rich(3);
    private static final Payment PAYMENT = Payments.pay(
            WORLD.network(),
            List.of(WORLD.allocation(1), WORLD.allocation(2)),
            List.of(Payments.to(TestKeys.key(4), 11), Payments.to(TestKeys.key(5), 19)));
    private static final Cheese CHEESE = WORLD.next(PAYMENT, WORLD.pay(WORLD.allocation(3), TestKeys.key(6), 5, 1));

    @Test
    void everyValueIsReadBackFromItsEncoding() {
        assertThat(Cheese.decode(CHEESE.toBytes())).isEqualTo(Outcome.passed(CHEESE));
        assertThat(CheeseHeader.decode(CHEESE.header().toBytes())).isEqualTo(Outcome.passed(CHEESE.header()));
        for (Transaction transaction : CHEESE.transactions()) {
            Outcome<Transaction> decoded = Transaction.decode(transaction.toBytes());
            assertThat(decoded).isEqualTo(Outcome.passed(transaction));
            assertThat(decoded.orElseThrow().txid()).isEqualTo(transaction.txid());
            assertThat(decoded.orElseThrow().outputs()).isEqualTo(transaction.outputs());
            assertThat(transaction.toBytes()).hasSize(transaction.sizeBytes());
        }
        Payment decoded = (Payment) Transaction.decode(PAYMENT.toBytes()).orElseThrow();
        assertThat(decoded.inputs()).isEqualTo(PAYMENT.inputs());
        assertThat(decoded.witnesses()).isEqualTo(PAYMENT.witnesses());
        assertThat(PAYMENT.sizeBytes()).isEqualTo(Payment.sizeBytes(2, 2, 2));
        assertThat(CHEESE.toBytes()).hasSize(CHEESE.sizeBytes());
    }

    @Test
    void theBlueCheeseIsReadBackToo() {
        Cheese blue = WORLD.network().blueCheese();
        assertThat(Cheese.decode(blue.toBytes())).isEqualTo(Outcome.passed(blue));
    }

    @Test
    void aChangedTransactionNeverThrowsAndHasOneEncoding() {
        fuzz(PAYMENT.toBytes(), Transaction::decode, Transaction::toBytes);
        fuzz(CHEESE.transactions().getFirst().toBytes(), Transaction::decode, Transaction::toBytes);
    }

    @Test
    void aChangedCheeseNeverThrowsAndHasOneEncoding() {
        fuzz(CHEESE.toBytes(), Cheese::decode, Cheese::toBytes);
    }

    @Test
    void everyBeginningOfAnEncodingIsRefused() {
        byte[] bytes = CHEESE.toBytes();
        for (int length = 0; length < bytes.length; length++) {
            assertThat(Cheese.decode(Arrays.copyOf(bytes, length))).isInstanceOf(Outcome.Refused.class);
        }
    }

    @Test
    void readsAsManyTransactionsAsCanFitAndNoMore() {
        // The smallest: 92 bytes of header, 4 of count, a coinbase of 9, then payments of 170.
        assertThat(Cheese.MAX_TRANSACTIONS).isEqualTo(11_765);
        assertThat(92 + 4 + 9 + 11_764 * 170).isLessThanOrEqualTo(Cheese.MAX_BYTES);
        assertThat(92 + 4 + 9 + 11_765 * 170).isGreaterThan(Cheese.MAX_BYTES);
        Coinbase nothing = new Coinbase(1, new byte[0], List.of());
        assertThat(nothing.sizeBytes()).isEqualTo(9);
        Cheese most = new Cheese(CHEESE.header(), Collections.nCopies(11_765, nothing));
        Cheese tooMany = new Cheese(CHEESE.header(), Collections.nCopies(11_766, nothing));
        assertThat(Cheese.decode(most.toBytes())).isEqualTo(Outcome.passed(most));
        assertThat(Cheese.decode(tooMany.toBytes()))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.violation().rule()).isEqualTo(Rule.ENC_LIMIT));
    }

    @Test
    void randomBytesNeverThrow() {
        Random random = new Random(4);
        for (int i = 0; i < ROUNDS; i++) {
            byte[] bytes = new byte[random.nextInt(400)];
            random.nextBytes(bytes);
            if (bytes.length > 2) {
                bytes[0] = 1;
                bytes[1] = (byte) random.nextInt(2);
            }
            check(bytes, Transaction::decode, Transaction::toBytes);
            check(bytes, Cheese::decode, Cheese::toBytes);
        }
    }

    private static <T> void fuzz(byte[] valid, Function<byte[], Outcome<T>> decode, Function<T, byte[]> encode) {
        Random random = new Random(valid.length);
        int passed = 0;
        for (int i = 0; i < ROUNDS; i++) {
            passed += check(mutate(valid, random), decode, encode);
        }
        // A fuzzer whose every input is refused at the first byte would show nothing.
        assertThat(passed).isBetween(ROUNDS / 50, ROUNDS);
    }

    private static <T> int check(byte[] bytes, Function<byte[], Outcome<T>> decode, Function<T, byte[]> encode) {
        return switch (decode.apply(bytes)) {
            case Outcome.Refused<T>(Violation _) -> 0;
            case Outcome.Passed<T>(T value) -> {
                assertThat(encode.apply(value)).isEqualTo(bytes);
                yield 1;
            }
        };
    }

    private static byte[] mutate(byte[] valid, Random random) {
        byte[] bytes = valid.clone();
        int changes = 1 + random.nextInt(3);
        for (int i = 0; i < changes && bytes.length > 0; i++) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(6)) {
                case 0 -> bytes[at] = (byte) random.nextInt();
                case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> bytes[at] = (byte) (random.nextBoolean() ? 0 : 0xff);
                case 3 -> bytes = Arrays.copyOf(bytes, at);
                case 4 -> bytes = Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(40));
                default -> {
                    int length = random.nextInt(bytes.length - at);
                    System.arraycopy(bytes, at, bytes, random.nextInt(bytes.length - length), length);
                }
            }
        }
        return bytes;
    }
}
