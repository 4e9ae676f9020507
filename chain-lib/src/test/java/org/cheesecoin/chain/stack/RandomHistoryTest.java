package org.cheesecoin.chain.stack;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

import org.cheesecoin.chain.cheese.Amount;
import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.Coinbase;
import org.cheesecoin.chain.cheese.OutPoint;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.cheese.Transaction;
import org.cheesecoin.chain.cheese.TransactionOutput;
import org.cheesecoin.chain.consensus.Coin;
import org.cheesecoin.chain.consensus.CoinChanges;
import org.cheesecoin.chain.consensus.NetworkParameters;
import org.cheesecoin.chain.consensus.PlacedCoin;
import org.cheesecoin.chain.consensus.StackedHeader;
import org.cheesecoin.chain.consensus.Subsidy;
import org.cheesecoin.chain.testing.CheeseFactory;
import org.cheesecoin.chain.testing.MapCoins;
import org.cheesecoin.chain.testing.Payments;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.chain.testing.TestKeys.TestKey;
import org.cheesecoin.chain.testing.TestWorld;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Random trees of cheeses in random order, against a model that keeps a whole world for each cheese. */
class RandomHistoryTest {

    private static final int SEEDS = Integer.getInteger("stack.seeds", 60);
    private static final int CHEESES = 40;
    private static final int OWNERS = 4;
    private static final long PART_CRUMBS = 1_000_000;

    /** A cheese of the tree; no world if it or one below breaks a rule. */
    private record Placed(StackedHeader header, Cheese cheese, Optional<TestWorld> world) {}

    private final List<Payment> pool = new ArrayList<>();

    static IntStream seeds() {
        return IntStream.range(0, SEEDS);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void isAlwaysOnTheBranchOfTheNaiveModel(int seed) {
        Random dice = new Random(seed);
        List<Placed> tree = tree(dice);
        Placed root = tree.getFirst();
        StackLimits limits = new StackLimits(1 + dice.nextInt(8), 1 + dice.nextInt(6), 1 + dice.nextInt(4));
        TestStack stack = new TestStack(root.world().orElseThrow().network(), limits);
        Placed best = root;
        Set<Smell> delivered = new LinkedHashSet<>(Set.of(root.cheese().smell()));
        List<Placed> waiting = new ArrayList<>(tree.subList(1, tree.size()));
        for (int round = 0; round < CHEESES && !waiting.isEmpty(); round++) {
            Collections.shuffle(waiting, dice);
            for (Placed next : List.copyOf(waiting)) {
                if (dice.nextInt(10) == 0) {
                    stack = new TestStack(root.world().orElseThrow().network(), stack.store(), limits);
                }
                boolean complete = delivered.contains(next.header().header().parentSmell());
                Added added = stack.add(next.cheese());
                if (!complete) {
                    assertThat(added).isInstanceOf(Added.ParentMissing.class);
                    continue;
                }
                waiting.remove(next);
                delivered.add(next.cheese().smell());
                if (next.world().isPresent() && next.header().totalWork().compareTo(best.header().totalWork()) > 0) {
                    best = next;
                }
                assertThat(stack.stack().tip()).as("%s after %s", added, next.cheese()).isEqualTo(best.header());
                assertNoneIsBetterThanTheTip(stack, tree);
            }
        }
        stack.agreesWith(best.world().orElseThrow());
        assertThat(waiting).isEmpty();
        assertThat(stack.store().sumCrumbs()).isEqualTo(minted(best));
    }

    private static void assertNoneIsBetterThanTheTip(TestStack stack, List<Placed> tree) {
        for (Placed placed : tree) {
            stack.store().header(placed.cheese().smell()).ifPresent(
                    stored -> assertThat(stored.totalWork()).isLessThanOrEqualTo(stack.stack().tip().totalWork()));
        }
    }

    private static long minted(Placed best) {
        long allocated = OWNERS * 1_000 * Amount.CRUMBS_PER_CHEESE;
        return allocated + best.header().height() * Amount.CRUMBS_PER_CHEESE;
    }

    /** Work differs from cheese to cheese, since time does; coinbases are spendable soon. */
    private static NetworkParameters parameters() {
        NetworkParameters test = NetworkParameters.test();
        List<TransactionOutput> allocations = new ArrayList<>();
        for (int owner = 1; owner <= OWNERS; owner++) {
            allocations.add(Payments.to(TestKeys.key(owner), 1_000 * Amount.CRUMBS_PER_CHEESE));
        }
        return new NetworkParameters(
                "random",
                test.blueTimeMillis(),
                0x2001_0000,
                NetworkParameters.Retargeting.STEPWISE,
                test.spacingMillis(),
                20_000,
                64,
                test.onDemandMining(),
                2,
                test.firstSubsidyCrumbs(),
                test.halvingInterval(),
                allocations);
    }

    private List<Placed> tree(Random dice) {
        TestWorld root = TestWorld.of(parameters());
        List<Placed> tree = new ArrayList<>(List.of(new Placed(root.tip(), root.cheese(0), Optional.of(root))));
        while (tree.size() < CHEESES) {
            // Mostly near the end, so that branches grow long.
            int back = dice.nextInt(3) == 0 ? dice.nextInt(tree.size()) : dice.nextInt(Math.min(3, tree.size()));
            Placed parent = tree.get(tree.size() - 1 - back);
            long time = parent.header().header().timeMillis() + 1 + dice.nextInt(25_000);
            tree.add(parent.world().isEmpty() || dice.nextInt(8) == 0
                    ? invalid(parent, root, time, dice)
                    : valid(parent.world().get(), time, dice));
        }
        return tree;
    }

    private Placed valid(TestWorld parent, long time, Random dice) {
        TestWorld world = parent.minedBy(TestKeys.key(dice.nextInt(OWNERS)));
        Cheese cheese = world.next(time, payments(world, dice));
        world.add(cheese);
        return new Placed(world.tip(), cheese, Optional.of(world));
    }

    /** Pays one crumb too much, or spends what is good on another branch only or spent already on this one. */
    private Placed invalid(Placed parent, TestWorld root, long time, Random dice) {
        int height = parent.header().height() + 1;
        long subsidyCrumbs = Subsidy.at(height, root.network().parameters()).crumbs();
        List<Transaction> transactions = new ArrayList<>();
        List<Payment> misplaced = parent.world().stream()
                .flatMap(world -> pool.stream()
                        .filter(payment -> payment.inputs().stream()
                                .anyMatch(input -> world.coins().coin(input).isEmpty())))
                .toList();
        long greed = misplaced.isEmpty() ? 1 : 0;
        transactions
                .add(new Coinbase(height, new byte[0], List.of(Payments.to(TestKeys.key(0), subsidyCrumbs + greed))));
        if (!misplaced.isEmpty()) {
            transactions.add(misplaced.get(dice.nextInt(misplaced.size())));
        }
        Cheese cheese = CheeseFactory.of(root.network(), parent.header(), time, transactions);
        return new Placed(CheeseFactory.stacked(root.network(), parent.header(), cheese), cheese, Optional.empty());
    }

    /** Some of its own, some that stand on other branches too, some that spend what was made just before. */
    private Payment[] payments(TestWorld world, Random dice) {
        MapCoins coins = world.copy().coins();
        List<Payment> chosen = new ArrayList<>();
        List<Payment> candidates = new ArrayList<>(pool);
        Collections.shuffle(candidates, dice);
        for (Payment old : candidates.subList(0, Math.min(4, candidates.size()))) {
            choose(old, world, coins, chosen);
        }
        for (int i = dice.nextInt(4); i > 0; i--) {
            List<OutPoint> all = new ArrayList<>(coins.all().keySet());
            OutPoint from = all.get(dice.nextInt(all.size()));
            Coin coin = coins.coin(from).orElseThrow();
            if (coin.amount().crumbs() > 2 * PART_CRUMBS) {
                long rest = coin.amount().crumbs() - PART_CRUMBS - dice.nextInt(1_000);
                TestKey to = TestKeys.key(dice.nextInt(OWNERS + 1));
                Payment payment = Payments.pay(
                        world.network(),
                        new Payments.Input(from, owner(coin)),
                        Payments.to(to, PART_CRUMBS),
                        Payments.to(owner(coin), rest));
                choose(payment, world, coins, chosen);
                pool.add(payment);
            }
        }
        return chosen.toArray(Payment[]::new);
    }

    private static void choose(Payment payment, TestWorld world, MapCoins coins, List<Payment> chosen) {
        int height = world.tip().height() + 1;
        List<PlacedCoin> spent = new ArrayList<>();
        for (OutPoint input : payment.inputs()) {
            Optional<Coin> coin = coins.coin(input);
            if (coin.isEmpty() || coin.get().spendableFrom(world.network().parameters()) > height) {
                return;
            }
            spent.add(new PlacedCoin(input, coin.get()));
        }
        List<PlacedCoin> made = new ArrayList<>();
        for (int i = 0; i < payment.outputs().size(); i++) {
            TransactionOutput output = payment.outputs().get(i);
            Coin coin = new Coin(output.amount(), output.address(), height, Coin.Origin.PAYMENT);
            made.add(new PlacedCoin(payment.outPoint(i), coin));
        }
        coins.apply(new CoinChanges(spent, made, Amount.ZERO));
        chosen.add(payment);
    }

    private static TestKey owner(Coin coin) {
        for (int number = 0; number <= OWNERS; number++) {
            if (TestKeys.key(number).address().equals(coin.address())) {
                return TestKeys.key(number);
            }
        }
        throw new IllegalStateException("nobody's coin: " + coin);
    }
}
