package org.cheesecoin.chain.wire;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.CheeseHeader;
import org.cheesecoin.chain.cheese.Coinbase;
import org.cheesecoin.chain.cheese.FullId;
import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.cheese.TransactionOutput;
import org.cheesecoin.chain.crypto.Hash256;
import org.cheesecoin.chain.testing.CheeseFactory;
import org.cheesecoin.chain.wire.Message.CheeseTransactions;
import org.cheesecoin.chain.wire.Message.CompactCheese;
import org.cheesecoin.chain.wire.Message.GetCheeseTransactions;
import org.cheesecoin.chain.wire.Reassembly.Reason;
import org.cheesecoin.chain.wire.Reassembly.Result;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ReassemblyTest {

    private static final RandomMessages MESSAGES = new RandomMessages(6);
    private static final Cheese CHEESE = MESSAGES.cheese(20);
    private static final List<Payment> PAYMENTS = CheeseFactory.payments(CHEESE);
    private static final CompactCheese COMPACT = CompactCheeses.of(CHEESE, 42).orElseThrow();

    @Test
    void shortIdsAreTheSameEverywhere() {
        CheeseHeader header = new CheeseHeader(1, 2, new Smell(Hash256.ZERO), Hash256.ZERO, 3, 4, 5);
        // Counted once from the words of protocol.md, so that another implementation has something to meet.
        assertThat(ShortIds.of(header, 6).shortId(new FullId(Hash256.ZERO))).isEqualTo(0x1ab7c5df6d35L);
    }

    @Test
    void shortIdsDifferBySaltAndFitSixBytes() {
        FullId fullId = MESSAGES.fullId();
        long one = ShortIds.of(CHEESE.header(), 1).shortId(fullId);
        assertThat(one).isNotEqualTo(ShortIds.of(CHEESE.header(), 2).shortId(fullId)).isBetween(0L, (1L << 48) - 1);
    }

    @Test
    void aMempoolThatHasEverythingCompletesTheCheese() {
        List<Payment> mempool = new ArrayList<>(PAYMENTS);
        mempool.addAll(RandomMessages.exactly(50, MESSAGES::payment));
        Collections.reverse(mempool);
        assertThat(Reassembly.start(COMPACT, mempool)).isEqualTo(new Result.Complete(CHEESE));
    }

    @Test
    void asksForWhatIsMissingAndCompletesTheCheese() {
        List<Payment> mempool = new ArrayList<>(PAYMENTS);
        mempool.remove(PAYMENTS.get(0));
        mempool.remove(PAYMENTS.get(7));
        Result.Missing missing = missing(mempool);
        assertThat(missing.question()).isEqualTo(new GetCheeseTransactions(CHEESE.smell(), List.of(1, 8)));
        CheeseTransactions answer = CompactCheeses.answer(CHEESE, missing.question()).orElseThrow();
        assertThat(missing.reassembly().fill(answer)).isEqualTo(Outcome.passed(new Result.Complete(CHEESE)));
    }

    @Test
    void anEmptyCheeseIsCompleteAtOnce() {
        Cheese empty = MESSAGES.cheese(0);
        assertThat(Reassembly.start(CompactCheeses.of(empty, 1).orElseThrow(), PAYMENTS))
                .isEqualTo(new Result.Complete(empty));
    }

    @Test
    void equalShortIdsInTheCheeseNeedTheWhole() {
        List<Long> shortIds = new ArrayList<>(COMPACT.shortIds());
        shortIds.set(3, shortIds.get(9));
        assertThat(Reassembly.start(withShortIds(shortIds), PAYMENTS))
                .isEqualTo(new Result.WholeNeeded(CHEESE.smell(), Reason.COLLISION));
    }

    @Test
    void twoPaymentsHereOfOneShortIdNeedTheWhole() {
        // Two equal ones stand for two that meet by chance, which would take 2^24 tries to find.
        List<Payment> mempool = new ArrayList<>(PAYMENTS);
        mempool.add(PAYMENTS.get(5));
        assertThat(Reassembly.start(COMPACT, mempool))
                .isEqualTo(new Result.WholeNeeded(CHEESE.smell(), Reason.COLLISION));
    }

    @Test
    void aPaymentHereThatOnlyLooksLikeTheMinersNeedsTheWhole() {
        Payment other = MESSAGES.payment();
        List<Long> shortIds = new ArrayList<>(COMPACT.shortIds());
        shortIds.set(5, ShortIds.of(CHEESE.header(), COMPACT.salt()).shortId(other.fullId()));
        List<Payment> mempool = new ArrayList<>(PAYMENTS);
        mempool.add(other);
        assertThat(Reassembly.start(withShortIds(shortIds), mempool))
                .isEqualTo(new Result.WholeNeeded(CHEESE.smell(), Reason.MERKLE_ROOT));
    }

    @Test
    void refusesAnswersThatWereNotAskedFor() {
        Result.Missing missing = missing(PAYMENTS.subList(2, PAYMENTS.size()));
        List<CheeseTransactions> wrong = List.of(
                new CheeseTransactions(CHEESE.smell(), PAYMENTS.subList(0, 1)),
                new CheeseTransactions(CHEESE.smell(), PAYMENTS.subList(0, 3)),
                new CheeseTransactions(CHEESE.smell(), PAYMENTS.subList(0, 2).reversed()),
                new CheeseTransactions(MESSAGES.smell(), PAYMENTS.subList(0, 2)));
        assertThat(wrong).allSatisfy(answer -> assertThat(missing.reassembly().fill(answer))
                .isInstanceOfSatisfying(Outcome.Refused.class,
                        refused -> assertThat(refused.violation().rule()).isEqualTo(Rule.NET_UNSOLICITED)));
        assertThat(missing.reassembly().missing()).containsExactly(1, 2);
    }

    @Test
    void cutsTheSameOutOfTheEncodingAsOutOfTheCheese() {
        byte[] encoded = CHEESE.toBytes();
        for (List<Integer> indexes : List.of(List.of(1), List.of(2, 3, 7), List.of(19), List.of(1, 19),
                IntStream.range(1, 20).boxed().toList())) {
            GetCheeseTransactions question = new GetCheeseTransactions(CHEESE.smell(), indexes);

            assertThat(CompactCheeses.answer(encoded, question).orElseThrow())
                    .isEqualTo(MessageCodec.encode(CompactCheeses.answer(CHEESE, question).orElseThrow()));
        }
        for (List<Integer> wrong : List.of(List.of(1, 21), List.of(0), List.of(2, 2), List.of(3, 2))) {
            assertThat(CompactCheeses.answer(encoded, new GetCheeseTransactions(CHEESE.smell(), wrong)))
                    .isInstanceOf(Outcome.Refused.class);
        }
    }

    @Test
    void answersOnlyForPositionsThatHoldAPayment() {
        assertThat(CompactCheeses.answer(CHEESE, new GetCheeseTransactions(CHEESE.smell(), List.of(1, 21))))
                .isInstanceOf(Outcome.Refused.class);
        assertThat(CompactCheeses.answer(CHEESE, new GetCheeseTransactions(CHEESE.smell(), List.of(0))))
                .isInstanceOf(Outcome.Refused.class);
        assertThat(CompactCheeses.answer(CHEESE, new GetCheeseTransactions(CHEESE.smell(), List.of(20))))
                .isEqualTo(Outcome.passed(new CheeseTransactions(CHEESE.smell(), PAYMENTS.subList(19, 20))));
    }

    @Test
    void aCheeseWithAHugeCoinbaseTravelsWhole() {
        List<TransactionOutput> outputs = RandomMessages.exactly(4_000, MESSAGES::output);
        Cheese cheese = new Cheese(MESSAGES.header(), List.of(new Coinbase(1, new byte[0], outputs)));
        assertThat(CompactCheeses.of(cheese, 1)).isEmpty();
    }

    private static Result.Missing missing(List<Payment> mempool) {
        Result result = Reassembly.start(COMPACT, mempool);
        assertThat(result).isInstanceOf(Result.Missing.class);
        return (Result.Missing) result;
    }

    private static CompactCheese withShortIds(List<Long> shortIds) {
        return new CompactCheese(COMPACT.header(), COMPACT.salt(), COMPACT.coinbase(), shortIds);
    }
}
