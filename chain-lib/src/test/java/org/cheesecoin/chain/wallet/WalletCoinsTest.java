package org.cheesecoin.chain.wallet;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

import org.cheesecoin.chain.cheese.Address;
import org.cheesecoin.chain.cheese.Amount;
import org.cheesecoin.chain.cheese.FeeRate;
import org.cheesecoin.chain.cheese.OutPoint;
import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.TransactionOutput;
import org.cheesecoin.chain.consensus.CheckedTransaction;
import org.cheesecoin.chain.consensus.CheeseRules;
import org.cheesecoin.chain.consensus.CoinChanges;
import org.cheesecoin.chain.consensus.NetworkParameters;
import org.cheesecoin.chain.consensus.PlacedCoin;
import org.cheesecoin.chain.testing.Payments;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.chain.testing.TestWorld;
import org.cheesecoin.chain.wallet.CoinSelection.Result.Selected;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A wallet on a stack that follows all the rules: coins, balance, and payments that the rules accept. */
class WalletCoinsTest {

    private static final FeeRate ONE = FeeRate.ofCrumbsPerByte(1);
    private static final long CHEESE = Amount.CRUMBS_PER_CHEESE;

    private final KeyChain keys = KeyChain.ofSeed(new byte[64], TestKeys.SCHEME);
    private final TestWorld world = TestWorld.rich(3);
    private final NetworkParameters parameters = world.network().parameters();
    private final WalletCoins wallet = new WalletCoins();
    private final WalletKey first = keys.key(Branch.RECEIVE, 0);
    private final WalletKey second = keys.key(Branch.RECEIVE, 1);
    private final WalletKey change = keys.key(Branch.CHANGE, 0);
    private final PaymentBuilder builder = new PaymentBuilder(TestKeys.SCHEME, world.network().id());

    WalletCoinsTest() {
        List.of(first, second, change).forEach(key -> wallet.addAddress(key.address()));
        wallet.connect(CheeseRules.blueCheese(world.network()));
    }

    @Test
    void everyCrumbStandsInOnePlace() {
        mine(gift(1, first, 300 * CHEESE), gift(2, second, 200 * CHEESE));
        assertThat(balance()).isEqualTo(new Balance(
                cheese(500), Amount.ZERO, Amount.ZERO, List.of()));

        Payment paid = pay(Payments.to(TestKeys.key(3), 100 * CHEESE));
        long fee = paid.sizeBytes();
        wallet.addPending(paid);
        assertThat(balance()).isEqualTo(new Balance(cheese(300), new Amount(100 * CHEESE - fee), cheese(200),
                List.of()));

        mine(paid);
        wallet.removePending(paid.txid());
        assertThat(balance()).isEqualTo(new Balance(new Amount(400 * CHEESE - fee), Amount.ZERO, Amount.ZERO,
                List.of()));
    }

    @Test
    void aPaymentThatComesInIsPendingUntilACheeseHasIt() {
        Payment gift = gift(1, first, 5 * CHEESE);
        wallet.addPending(gift);
        assertThat(balance().pendingIn()).isEqualTo(cheese(5));
        assertThat(wallet.unconfirmedChange(world.tip().height())).as("another's payment may be replaced").isEmpty();
        mine(gift);
        assertThat(balance().pendingIn()).as("not counted twice before the mempool forgets it").isEqualTo(Amount.ZERO);
        assertThat(balance().spendable()).isEqualTo(cheese(5));
    }

    @Test
    void changeOfAPaymentThatBuildsOnAnothersIsNotSpentBeforeItIsConfirmed() {
        Payment gift = gift(1, first, 5 * CHEESE);
        Payment onward = Payments.pay(world.network(),
                Payments.from(gift, ownOutput(gift), TestKeys.of(first.privateKey())),
                Payments.to(TestKeys.of(second.privateKey()), 4 * CHEESE));
        wallet.addPending(gift);
        wallet.addPending(onward);
        assertThat(balance().pendingIn()).isEqualTo(cheese(4));
        assertThat(wallet.unconfirmedChange(world.tip().height())).as("who replaces the gift takes it back").isEmpty();
    }

    private int ownOutput(Payment payment) {
        return wallet.owns(payment.outputs().getFirst().address()) ? 0 : 1;
    }

    @Test
    void coinbasesMatureAtTheHeightThatTheBalanceNames() {
        var miner = TestKeys.of(first.privateKey());
        TestWorld mined = TestWorld.fresh().minedBy(miner);
        WalletCoins own = new WalletCoins();
        own.addAddress(miner.address());
        own.connect(mined.add(mined.next()));
        own.connect(mined.add(mined.next()));
        Balance young = own.balance(2, parameters);
        assertThat(young.immature()).isEqualTo(cheese(2));
        int height = young.nextMaturesAtHeight().orElseThrow();
        assertThat(own.balance(height - 1, parameters).spendable()).isEqualTo(Amount.ZERO);
        assertThat(own.spendable(height - 1, parameters)).isEmpty();
        assertThat(own.balance(height, parameters).spendable()).isEqualTo(cheese(1));
        while (mined.tip().height() < height) {
            mined.mine();
        }
        PlacedCoin ripe = own.spendable(height, parameters).getFirst();
        Payment spend = Payments.pay(mined.network(), new Payments.Input(ripe.outPoint(), miner),
                Payments.to(miner, CHEESE));
        assertThat(mined.check(mined.next(spend))).isInstanceOf(Outcome.Passed.class);
    }

    @Test
    void twoPaymentsNeverTakeTheSameCoin() {
        mine(gift(1, first, 300 * CHEESE), gift(2, second, 200 * CHEESE));
        List<OutPoint> taken = select(100 * CHEESE).coins().stream().map(PlacedCoin::outPoint).toList();
        wallet.reserve(taken);
        assertThat(select(100 * CHEESE).coins()).noneMatch(coin -> taken.contains(coin.outPoint()));
        assertThat(balance().pendingOut()).isEqualTo(cheese(200));
        wallet.release(taken);
        assertThat(balance().spendable()).isEqualTo(cheese(500));
    }

    @Test
    void ownChangeCanBeSpentBeforeItIsConfirmed() {
        mine(gift(1, first, 300 * CHEESE));
        Payment paid = pay(Payments.to(TestKeys.key(3), 100 * CHEESE));
        wallet.addPending(paid);
        assertThat(wallet.spendable(1, parameters)).isEmpty();
        List<PlacedCoin> back = wallet.unconfirmedChange(1);
        assertThat(back).singleElement().satisfies(it -> assertThat(it.outPoint().txid()).isEqualTo(paid.txid()));
        Selected again = (Selected) CoinSelection.select(back, cheese(10), 1, ONE);
        wallet.addPending(build(again, Payments.to(TestKeys.key(3), 10 * CHEESE)));
        assertThat(balance().pendingOut()).isEqualTo(cheese(300));
        assertThat(balance().pendingIn()).isEqualTo(again.change().orElseThrow());
    }

    @Test
    void followsEveryReorganisationOfARandomHistory() {
        SplittableRandom random = new SplittableRandom(99);
        Deque<TestWorld> worlds = new ArrayDeque<>(List.of(world.copy()));
        Deque<CoinChanges> done = new ArrayDeque<>();
        WalletCoins.Changes none = new WalletCoins.Changes(List.of(), List.of());
        int touched = 0;
        for (int step = 0; step < 150; step++) {
            TestWorld tip = worlds.getLast();
            WalletCoins.Changes changes;
            if (random.nextInt(3) == 0 && worlds.size() > 1) {
                worlds.removeLast();
                changes = wallet.disconnect(done.removeLast());
            } else {
                TestWorld next = tip.copy();
                CoinChanges made = next.add(next.next(randomPayment(random, tip).stream().toArray(Payment[]::new)));
                done.add(made);
                worlds.add(next);
                changes = wallet.connect(made);
            }
            touched += changes.equals(none) ? 0 : 1;
            long expected = worlds.getLast().coins().all().values().stream()
                    .filter(coin -> wallet.owns(coin.address()))
                    .mapToLong(coin -> coin.amount().crumbs())
                    .sum();
            Balance balance = wallet.balance(worlds.getLast().tip().height(), parameters);
            assertThat(balance.spendable().plus(balance.immature()).crumbs()).as("step %d", step).isEqualTo(expected);
        }
        assertThat(touched).isGreaterThan(20);
    }

    @Test
    void paysSeveralReceiversFromSeveralOwners() {
        mine(gift(1, first, 300 * CHEESE), gift(2, second, 200 * CHEESE));
        Payment paid = pay(Payments.to(TestKeys.key(3), 450 * CHEESE), Payments.to(TestKeys.key(2), CHEESE));
        assertThat(paid.inputs()).hasSize(2);
        assertThat(paid.witnesses()).hasSize(2);
        assertThat(paid.outputs()).hasSize(3);
        assertThat(world.check(world.next(paid))).isInstanceOf(Outcome.Passed.class);
    }

    @Test
    void anOwnerOfSeveralCoinsSignsOnce() {
        mine(gift(1, first, 300 * CHEESE), gift(2, first, 200 * CHEESE));
        Payment paid = pay(Payments.to(TestKeys.key(3), 450 * CHEESE));
        assertThat(paid.witnesses()).hasSize(1);
        assertThat(world.check(world.next(paid))).isInstanceOf(Outcome.Passed.class);
    }

    @Test
    void saysWhichKeyIsNotThere() {
        mine(gift(1, first, 300 * CHEESE));
        Outcome<CheckedTransaction> outcome = builder.build(select(CHEESE),
                List.of(Payments.to(TestKeys.key(3), CHEESE)), change.address(), address -> Optional.empty());
        assertRefused(outcome, Rule.WLT_KEY);
    }

    @Test
    void refusesAFeeThatNobodyMeant() {
        mine(gift(1, first, 300 * CHEESE));
        Selected generous = new Selected(wallet.confirmed(), cheese(299), Optional.empty());
        assertRefused(builder.build(generous, List.of(Payments.to(TestKeys.key(3), CHEESE)), change.address(),
                this::key), Rule.WLT_FEE);
    }

    @Test
    void neverBuildsWhatLosesCoins() {
        mine(gift(1, first, 300 * CHEESE));
        Selected wrong = new Selected(wallet.confirmed(), new Amount(1_000), Optional.empty());
        List<TransactionOutput> receivers = List.of(Payments.to(TestKeys.key(3), CHEESE));
        assertThatThrownBy(() -> builder.build(wrong, receivers, change.address(), this::key))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private Optional<Payment> randomPayment(SplittableRandom random, TestWorld tip) {
        List<OutPoint> spendable = new ArrayList<>();
        tip.coins().all().forEach((outPoint, coin) -> {
            if (key(coin.address()).isPresent() || coin.address().equals(TestKeys.key(1).address())) {
                spendable.add(outPoint);
            }
        });
        if (spendable.isEmpty()) {
            return Optional.empty();
        }
        OutPoint input = spendable.get(random.nextInt(spendable.size()));
        Address owner = tip.coins().coin(input).orElseThrow().address();
        var signer = key(owner).map(key -> TestKeys.of(key.privateKey())).orElse(TestKeys.key(1));
        long crumbs = tip.coins().coin(input).orElseThrow().amount().crumbs();
        List<Address> receivers = List.of(first.address(), second.address(), TestKeys.key(1).address());
        return Optional.of(Payments.pay(tip.network(), new Payments.Input(input, signer),
                Payments.to(receivers.get(random.nextInt(3)), crumbs / 2),
                Payments.to(receivers.get(random.nextInt(3)), crumbs - crumbs / 2)));
    }

    private Payment gift(int owner, WalletKey to, long crumbs) {
        return world.pay(world.allocation(owner), TestKeys.of(to.privateKey()), crumbs, 1_000);
    }

    private void mine(Payment... payments) {
        wallet.connect(world.add(world.next(payments)));
    }

    private Selected select(long crumbs) {
        return select(crumbs, 1);
    }

    private Selected select(long crumbs, int receivers) {
        List<PlacedCoin> spendable = wallet.spendable(world.tip().height(), parameters);
        return (Selected) CoinSelection.select(spendable, new Amount(crumbs), receivers, ONE);
    }

    private Payment pay(TransactionOutput... receivers) {
        long crumbs = 0;
        for (TransactionOutput receiver : receivers) {
            crumbs += receiver.amount().crumbs();
        }
        return build(select(crumbs, receivers.length), receivers);
    }

    private Payment build(Selected selected, TransactionOutput... receivers) {
        return builder.build(selected, List.of(receivers), change.address(), this::key).orElseThrow().payment();
    }

    private Optional<WalletKey> key(Address address) {
        return List.of(first, second, change).stream().filter(key -> key.address().equals(address)).findFirst();
    }

    private Balance balance() {
        return wallet.balance(world.tip().height(), parameters);
    }

    private static Amount cheese(long cheese) {
        return Amount.ofCheese(cheese);
    }

    private static void assertRefused(Outcome<?> outcome, Rule rule) {
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Refused.class,
                refused -> assertThat(refused.violation().rule()).isEqualTo(rule));
    }
}
