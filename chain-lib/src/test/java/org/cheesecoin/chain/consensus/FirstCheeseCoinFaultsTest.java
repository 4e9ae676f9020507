package org.cheesecoin.chain.consensus;

import java.util.List;

import org.cheesecoin.chain.cheese.Amount;
import org.cheesecoin.chain.cheese.ByteWriter;
import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.Transaction;
import org.cheesecoin.chain.crypto.PublicKey;
import org.cheesecoin.chain.testing.CheeseFactory;
import org.cheesecoin.chain.testing.Payments;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.chain.testing.TestKeys.TestKey;
import org.cheesecoin.chain.testing.TestWorld;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What the first CheeseCoin let pass. */
class FirstCheeseCoinFaultsTest {

    private static final TestKey RECEIVER = TestKeys.key(9);

    private TestWorld world = TestWorld.rich(3);

    @BeforeEach
    void freshWorld() {
        world = TestWorld.rich(3);
    }

    @Test
    void amounts11And19DoNotShareAHash() {
        Payment eleven = Payments.pay(world.network(), world.allocation(1), Payments.to(RECEIVER, 11));
        Payment nineteen = Payments.pay(world.network(), world.allocation(1), Payments.to(RECEIVER, 19));
        assertThat(eleven.txid()).isNotEqualTo(nineteen.txid());
        assertThat(eleven.fullId()).isNotEqualTo(nineteen.fullId());
        assertThat(world.next(eleven).header().merkleRoot()).isNotEqualTo(world.next(nineteen).header().merkleRoot());
    }

    @Test
    void twoAmountsThatChangePlacesDoNotShareAHash() {
        Payment oneWay = Payments.pay(
                world.network(), world.allocation(1), Payments.to(RECEIVER, 11), Payments.to(RECEIVER, 19));
        Payment otherWay = Payments.pay(
                world.network(), world.allocation(1), Payments.to(RECEIVER, 19), Payments.to(RECEIVER, 11));
        assertThat(oneWay.txid()).isNotEqualTo(otherWay.txid());
    }

    @Test
    void theSameOutputIsNotSpentInTwoCheeses() {
        Payment first = world.pay(world.allocation(1), RECEIVER, 11, 0);
        Payment again = world.pay(world.allocation(1), TestKeys.key(8), 12, 0);
        Cheese valid = CheeseFactory.withTransactions(world.next(), List.of(coinbase(), again));
        assertThat(world.check(valid)).isInstanceOf(Outcome.Passed.class);
        world.mine(first);
        Cheese second = CheeseFactory.on(world.network(), world.tip(), world.tip().header().timeMillis() + 1,
                RECEIVER.address(), Amount.ZERO, List.of(again));
        assertRefused(Rule.TRX_INPUT_UNKNOWN, world.check(second));
    }

    @Test
    void theSamePaymentDoesNotCountInTwoCheeses() {
        Payment payment = world.pay(world.allocation(1), RECEIVER, 11, 0);
        world.mine(payment);
        Cheese again = CheeseFactory.on(world.network(), world.tip(), world.tip().header().timeMillis() + 1,
                RECEIVER.address(), Amount.ZERO, List.of(payment));
        assertRefused(Rule.TRX_INPUT_UNKNOWN, world.check(again));
    }

    @Test
    void anUnderfundedPaymentIsRefusedAndLosesNothing() {
        Payment payment = Payments.pay(
                world.network(), world.allocation(1), Payments.to(RECEIVER, 1_001 * Amount.CRUMBS_PER_CHEESE));
        var before = world.coins().all();
        assertRefused(Rule.TRX_UNDERFUNDED, inCheese(payment));
        assertThat(world.coins().all()).isEqualTo(before);
    }

    @Test
    void amountsThatOverflowTogetherAreRefused() {
        for (long[] amounts : new long[][]{
                {Long.MAX_VALUE, Long.MAX_VALUE}, {Long.MAX_VALUE, 2}, {Long.MIN_VALUE, Long.MIN_VALUE}, {-1, 2}
        }) {
            assertRefused(Rule.TRX_AMOUNT_RANGE, Transaction.decode(withAmounts(amounts)));
        }
        assertRefused(
                Rule.TRX_AMOUNT_SUM, Transaction.decode(withAmounts(new long[]{Amount.MAX_CRUMBS, Amount.MAX_CRUMBS})));
        assertThat(Transaction.decode(withAmounts(new long[]{11, 19}))).isInstanceOf(Outcome.Passed.class);
    }

    @Test
    void aSignatureFromAnotherNetworkIsRefused() {
        NetworkParameters parameters = world.network().parameters();
        Network other = Network.of(parameters.withAllocations(
                parameters.allocations().subList(0, 2)));
        Payment payment = Payments.pay(world.network(), world.allocation(1), Payments.to(RECEIVER, 11));
        Payment replayed = Payments.pay(other, world.allocation(1), Payments.to(RECEIVER, 11));
        assertThat(replayed.txid()).isEqualTo(payment.txid());
        assertThat(standAlone(payment, world.network())).isInstanceOf(Outcome.Passed.class);
        assertRefused(Rule.TRX_SIGNATURE, standAlone(payment, other));
        assertRefused(Rule.TRX_SIGNATURE, standAlone(replayed, world.network()));
        assertRefused(Rule.TRX_SIGNATURE, inCheese(replayed));
    }

    @Test
    void theParentSmellStaysWhatTheMinerMadeIt() {
        Cheese mined = world.next();
        world.mine();
        Cheese received = Cheese.decode(mined.toBytes()).orElseThrow();
        assertThat(received.header().parentSmell()).isEqualTo(world.network().id());
        assertThat(received.smell()).isEqualTo(mined.smell());
    }

    /** Inputs are found unspent one by one, so a view that is not one state of the stack can hold more than there is. */
    @Test
    void inputsOfMoreThanAllMoneyAreRefusedAndDoNotThrow() {
        TestWorld one = TestWorld.of(NetworkParameters.test()
                .withAllocations(List.of(Payments.to(TestKeys.key(1), Amount.MAX_CRUMBS))));
        Payment first = Payments.pay(
                one.network(), one.allocation(1), Payments.to(TestKeys.key(1), Amount.MAX_CRUMBS));
        Payment both = Payments.pay(
                one.network(),
                List.of(one.allocation(1), Payments.from(first, 0, TestKeys.key(1))),
                List.of(Payments.to(RECEIVER, 1)));
        Coin coin = one.coins().coin(one.allocation(1).outPoint()).orElseThrow();
        one.coins().put(first.outPoint(0), coin);
        assertRefused(
                Rule.TRX_INPUT_SPENT,
                TransactionRules.inContext(
                        CheckedTransaction.trusted(both, one.network().id()),
                        one.coins(),
                        1,
                        one.network().parameters()));
    }

    private Outcome<?> inCheese(Payment payment) {
        return world.check(CheeseFactory.withTransactions(world.next(), List.of(coinbase(), payment)));
    }

    private Transaction coinbase() {
        return world.next().transactions().getFirst();
    }

    private static Outcome<CheckedTransaction> standAlone(Payment payment, Network network) {
        return TransactionRules.standAlone(payment, network.id(), TestKeys.SCHEME);
    }

    private byte[] withAmounts(long[] amounts) {
        ByteWriter bytes = new ByteWriter(300).u8(1).u8(0).u16(1);
        bytes.hash(world.allocation(1).outPoint().txid().hash()).u32(0).u16(amounts.length);
        for (long amount : amounts) {
            bytes.u64(amount);
            RECEIVER.address().write(bytes);
        }
        return bytes.u16(1).u8(2).raw(new byte[PublicKey.BYTES - 1 + 64]).toBytes();
    }

    private static void assertRefused(Rule rule, Outcome<?> outcome) {
        assertThat(outcome).isInstanceOfSatisfying(
                Outcome.Refused.class, refused -> assertThat(refused.violation().rule()).isEqualTo(rule));
    }
}
