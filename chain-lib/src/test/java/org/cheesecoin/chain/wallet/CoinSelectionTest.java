package org.cheesecoin.chain.wallet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

import org.cheesecoin.chain.cheese.Address;
import org.cheesecoin.chain.cheese.Amount;
import org.cheesecoin.chain.cheese.FeeRate;
import org.cheesecoin.chain.cheese.OutPoint;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.Txid;
import org.cheesecoin.chain.consensus.Coin;
import org.cheesecoin.chain.consensus.PlacedCoin;
import org.cheesecoin.chain.crypto.Sha256;
import org.cheesecoin.chain.wallet.CoinSelection.Result;
import org.cheesecoin.chain.wallet.CoinSelection.Result.Insufficient;
import org.cheesecoin.chain.wallet.CoinSelection.Result.Selected;
import org.cheesecoin.chain.wallet.CoinSelection.Result.TooManyCoins;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CoinSelectionTest {

    private static final FeeRate ONE = FeeRate.ofCrumbsPerByte(1);

    @Test
    void sumsAddUpAndNothingIsDustInRandomWallets() {
        SplittableRandom random = new SplittableRandom(42);
        int changeless = 0;
        int missing = 0;
        for (int round = 0; round < 3_000; round++) {
            List<PlacedCoin> coins = randomCoins(random);
            FeeRate rate = new FeeRate(random.nextLong(0, 200), random.nextInt(1, 20));
            int receivers = random.nextInt(1, 4);
            Amount target = new Amount(random.nextLong(1, 300_000));
            switch (CoinSelection.select(coins, target, receivers, rate)) {
                case Selected selected -> {
                    assertSound(selected, target, receivers, rate);
                    if (selected.change().isEmpty()) {
                        changeless++;
                        assertNoneIsNeedless(selected, target, receivers, rate);
                    }
                }
                case Insufficient insufficient -> {
                    missing++;
                    assertThat(insufficient.missing().crumbs()).isPositive();
                    assertThat(insufficient.available().crumbs()).isLessThanOrEqualTo(sum(coins));
                    assertThat(net(coins, receivers, rate)).isLessThan(target.crumbs());
                }
                case TooManyCoins tooMany -> throw new AssertionError("these fit: " + tooMany);
            }
        }
        assertThat(changeless).isGreaterThan(100);
        assertThat(missing).isGreaterThan(100);
    }

    @Test
    void takesTheCoinsThatNeedNoChange() {
        long fee = Payment.sizeBytes(2, 1, 2);
        List<PlacedCoin> coins = List.of(coin(0, 900_000), coin(1, 50_000), coin(2, 30_000), coin(3, 7_000));
        Selected selected = selected(CoinSelection.select(coins, new Amount(57_000 - fee), 1, ONE));
        assertThat(amounts(selected)).containsExactly(50_000L, 7_000L);
        assertThat(selected.change()).isEmpty();
        assertThat(selected.fee().crumbs()).isEqualTo(fee);
    }

    @Test
    void breaksTheSmallestCoinThatCoversAll() {
        List<PlacedCoin> coins = List.of(coin(0, 900_000), coin(1, 200_000), coin(2, 60_000), coin(3, 60_001));
        Selected selected = selected(CoinSelection.select(coins, new Amount(100_000), 1, ONE));
        assertThat(amounts(selected)).containsExactly(200_000L);
        assertThat(selected.change()).contains(new Amount(100_000 - Payment.sizeBytes(1, 2, 1)));
    }

    @Test
    void givesDustToTheMiner() {
        long fee = Payment.sizeBytes(1, 1, 1);
        long dust = Payment.sizeBytes(1, 2, 1) - fee + FeePolicy.SPENDING_BYTES;
        Selected without = selected(CoinSelection.select(List.of(coin(0, 50_000)),
                new Amount(50_000 - fee - dust), 1, ONE));
        assertThat(without.change()).isEmpty();
        assertThat(without.fee().crumbs()).isEqualTo(fee + dust);
        Selected with = selected(CoinSelection.select(List.of(coin(0, 50_000)),
                new Amount(50_000 - fee - dust - 1), 1, ONE));
        assertThat(with.change()).contains(new Amount(FeePolicy.SPENDING_BYTES + 1));
    }

    @Test
    void leavesCoinsThatCostMoreThanTheyHold() {
        FeeRate dear = FeeRate.ofCrumbsPerByte(100);
        Result result = CoinSelection.select(List.of(coin(0, 3_000), coin(1, 13_000)), new Amount(1), 1, dear);
        assertThat(result).isInstanceOfSatisfying(Insufficient.class,
                it -> assertThat(it.available()).isEqualTo(Amount.ZERO));
    }

    @Test
    void coinsOfOneOwnerShareAWitness() {
        List<PlacedCoin> coins = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            coins.add(coin(i, 0, 1_000));
        }
        Selected selected = selected(CoinSelection.select(coins, new Amount(30_000), 1, ONE));
        assertSound(selected, new Amount(30_000), 1, ONE);
        assertThat(CoinSelection.sizeBytes(selected, 1)).isLessThan(1_500);
    }

    @Test
    void saysWhatIsMissing() {
        Result result = CoinSelection.select(List.of(coin(0, 1_000)), new Amount(5_000), 1, ONE);
        assertThat(result).isInstanceOfSatisfying(Insufficient.class, it -> {
            assertThat(it.missing().crumbs()).isEqualTo(4_000 + Payment.sizeBytes(1, 1, 1));
            assertThat(it.violation().values()).containsEntry("availableCrumbs", "1000");
        });
        assertThat(CoinSelection.select(List.of(), new Amount(1), 1, ONE)).isInstanceOf(Insufficient.class);
    }

    @Test
    void saysWhenOnePaymentCannotHoldTheCoins() {
        List<PlacedCoin> coins = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            coins.add(coin(i, 1_000));
        }
        assertThat(CoinSelection.select(coins, new Amount(1_500_000), 1, ONE))
                .isInstanceOfSatisfying(TooManyCoins.class, it -> {
                    Selected most = selected(CoinSelection.select(coins, it.most(), 1, ONE));
                    assertThat(CoinSelection.sizeBytes(most, 1)).isLessThanOrEqualTo(FeePolicy.MAX_PAYMENT_BYTES);
                });
    }

    @Test
    void sendsAll() {
        List<PlacedCoin> coins = List.of(coin(0, 90_000), coin(1, 200), coin(2, 20));
        Selected all = selected(CoinSelection.selectAll(coins, ONE));
        assertThat(amounts(all)).containsExactly(90_000L, 200L);
        assertThat(all.fee().crumbs()).isEqualTo(Payment.sizeBytes(2, 1, 2));
        assertThat(CoinSelection.selectAll(List.of(coin(2, 20)), ONE)).isInstanceOf(Insufficient.class);
    }

    @Test
    void sendsAllInPartsWhereOnePaymentCannotHoldTheCoins() {
        List<PlacedCoin> coins = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            coins.add(coin(i, 1_000));
        }
        assertThat(CoinSelection.selectAll(coins, ONE)).isInstanceOfSatisfying(TooManyCoins.class,
                it -> assertSound(selected(CoinSelection.select(coins, it.most(), 1, ONE)), it.most(), 1, ONE));
    }

    @Test
    void keepsTheRequiredCoinsAndTakesOthersOnlyAsNeeded() {
        SplittableRandom random = new SplittableRandom(11);
        int helped = 0;
        for (int round = 0; round < 1_000; round++) {
            List<PlacedCoin> required = List.of(coin(100, 100, 20_000 + random.nextInt(50_000)));
            List<PlacedCoin> others = randomCoins(random);
            FeeRate rate = FeeRate.ofCrumbsPerByte(random.nextInt(1, 40));
            Amount target = new Amount(random.nextLong(1, 60_000));
            if (CoinSelection.selectWith(required, others, target, 1, rate) instanceof Selected selected) {
                assertThat(selected.coins()).containsAll(required);
                assertThat(sum(selected.coins())).isEqualTo(target.crumbs() + selected.fee().crumbs()
                        + selected.change().map(Amount::crumbs).orElse(0L));
                assertThat(selected.fee().crumbs())
                        .isGreaterThanOrEqualTo(rate.feeFor(CoinSelection.sizeBytes(selected, 1)).crumbs());
                helped += selected.coins().size() > 1 ? 1 : 0;
            } else {
                assertThat(net(required, 1, rate)).isLessThan(target.crumbs());
            }
        }
        assertThat(helped).isGreaterThan(50);
    }

    @Test
    void doesNotDependOnTheOrderOfTheCoins() {
        List<PlacedCoin> coins = randomCoins(new SplittableRandom(7));
        Amount target = new Amount(sum(coins) / 3);
        assertThat(CoinSelection.select(coins.reversed(), target, 1, ONE))
                .isEqualTo(CoinSelection.select(coins, target, 1, ONE));
    }

    @Test
    void refusesARateAboveTheMost() {
        assertThatThrownBy(() -> CoinSelection.select(List.of(), new Amount(1), 1, FeeRate.ofCrumbsPerByte(10_001)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static void assertSound(Selected selected, Amount target, int receivers, FeeRate rate) {
        long change = selected.change().map(Amount::crumbs).orElse(0L);
        long least = rate.feeFor(CoinSelection.sizeBytes(selected, receivers)).crumbs();
        assertThat(sum(selected.coins())).isEqualTo(target.crumbs() + selected.fee().crumbs() + change);
        assertThat(selected.coins()).doesNotHaveDuplicates();
        assertThat(selected.fee().crumbs()).isGreaterThanOrEqualTo(least);
        if (change > 0) {
            assertThat(selected.fee().crumbs()).isEqualTo(least);
            assertThat(FeePolicy.isDust(change, rate)).isFalse();
        } else {
            long room = rate.feeFor(FeePolicy.SPENDING_BYTES).crumbs() + rate.feeFor(29).crumbs();
            assertThat(selected.fee().crumbs()).isLessThanOrEqualTo(least + room);
        }
    }

    private static void assertNoneIsNeedless(Selected selected, Amount target, int receivers, FeeRate rate) {
        for (PlacedCoin coin : selected.coins()) {
            List<PlacedCoin> fewer = new ArrayList<>(selected.coins());
            fewer.remove(coin);
            assertThat(net(fewer, receivers, rate)).as("without %s", coin).isLessThan(target.crumbs());
        }
    }

    private static long net(List<PlacedCoin> coins, int receivers, FeeRate rate) {
        Selected all = new Selected(coins, Amount.ZERO, Optional.empty());
        return sum(coins) - rate.feeFor(CoinSelection.sizeBytes(all, receivers)).crumbs();
    }

    private static List<PlacedCoin> randomCoins(SplittableRandom random) {
        List<PlacedCoin> coins = new ArrayList<>();
        int count = random.nextInt(0, 25);
        for (int i = 0; i < count; i++) {
            coins.add(coin(i, random.nextInt(0, 12), random.nextLong(1, 1L << random.nextInt(1, 19))));
        }
        return coins;
    }

    private static PlacedCoin coin(int number, long crumbs) {
        return coin(number, number, crumbs);
    }

    private static PlacedCoin coin(int number, int owner, long crumbs) {
        byte[] keyHash = new byte[Address.HASH_BYTES];
        keyHash[0] = (byte) owner;
        keyHash[1] = (byte) (owner >> 8);
        Txid txid = new Txid(Sha256.hash(new byte[]{(byte) number, (byte) (number >> 8)}));
        return new PlacedCoin(new OutPoint(txid, 0),
                new Coin(new Amount(crumbs), Address.ofKeyHash(keyHash), 1, Coin.Origin.PAYMENT));
    }

    private static Selected selected(Result result) {
        assertThat(result).isInstanceOf(Selected.class);
        return (Selected) result;
    }

    private static List<Long> amounts(Selected selected) {
        return selected.coins().stream().map(coin -> coin.coin().amount().crumbs()).toList();
    }

    private static long sum(List<PlacedCoin> coins) {
        return coins.stream().mapToLong(coin -> coin.coin().amount().crumbs()).sum();
    }
}
