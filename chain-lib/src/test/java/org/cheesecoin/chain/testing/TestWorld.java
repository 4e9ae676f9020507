package org.cheesecoin.chain.testing;

import java.util.ArrayList;
import java.util.List;

import org.cheesecoin.chain.cheese.Amount;
import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.OutPoint;
import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.TransactionOutput;
import org.cheesecoin.chain.consensus.CheckedCheese;
import org.cheesecoin.chain.consensus.CheeseRules;
import org.cheesecoin.chain.consensus.Coin;
import org.cheesecoin.chain.consensus.CoinChanges;
import org.cheesecoin.chain.consensus.HeaderRules;
import org.cheesecoin.chain.consensus.Network;
import org.cheesecoin.chain.consensus.NetworkParameters;
import org.cheesecoin.chain.consensus.StackedHeader;
import org.cheesecoin.chain.testing.TestKeys.TestKey;

/**
 * One straight stack with its coins, on the test network: mines on its tip and checks every rule of what it adds. For
 * forks, take a {@link #copy()} and go on with both.
 */
public final class TestWorld {

    private final Network network;
    private final TestKey miner;
    private final List<StackedHeader> headers;
    private final List<Cheese> cheeses;
    private final MapCoins coins;

    private TestWorld(
            Network network, TestKey miner, List<StackedHeader> headers, List<Cheese> cheeses, MapCoins coins) {
        this.network = network;
        this.miner = miner;
        this.headers = new ArrayList<>(headers);
        this.cheeses = new ArrayList<>(cheeses);
        this.coins = coins;
    }

    /** Only the Blue Cheese of the test network; key 0 mines. */
    public static TestWorld fresh() {
        return of(NetworkParameters.test());
    }

    /** Only the Blue Cheese of the test network, which gives 1,000 CHEESE to each of the keys 1 to {@code owners}. */
    public static TestWorld rich(int owners) {
        List<TransactionOutput> allocations = new ArrayList<>();
        for (int i = 1; i <= owners; i++) {
            allocations.add(Payments.to(TestKeys.key(i), 1_000 * Amount.CRUMBS_PER_CHEESE));
        }
        return of(NetworkParameters.test().withAllocations(allocations));
    }

    /** Only the Blue Cheese of this network, whose targets must be easy; key 0 mines. */
    public static TestWorld of(NetworkParameters parameters) {
        Network network = Network.of(parameters);
        MapCoins coins = new MapCoins();
        coins.apply(CheeseRules.blueCheese(network));
        return new TestWorld(
                network, TestKeys.key(0), List.of(network.root()), List.of(network.blueCheese()), coins);
    }

    /** The same world, to go another way from here. */
    public TestWorld copy() {
        MapCoins copied = new MapCoins();
        coins.all().forEach(copied::put);
        return new TestWorld(network, miner, headers, cheeses, copied);
    }

    /** The same world with another miner. */
    public TestWorld minedBy(TestKey newMiner) {
        return new TestWorld(network, newMiner, headers, cheeses, copy().coins);
    }

    /** The network. */
    public Network network() {
        return network;
    }

    /** Who gets subsidy and fees. */
    public TestKey miner() {
        return miner;
    }

    /** The coins after the tip. */
    public MapCoins coins() {
        return coins;
    }

    /** The header on top. */
    public StackedHeader tip() {
        return headers.getLast();
    }

    /** The header at a height. */
    public StackedHeader header(int height) {
        return headers.get(height);
    }

    /** The cheese at a height. */
    public Cheese cheese(int height) {
        return cheeses.get(height);
    }

    /** All cheeses from the Blue Cheese up. */
    public List<Cheese> cheeses() {
        return List.copyOf(cheeses);
    }

    /** The allocation for key {@code owner}, from 1, of a {@link #rich} world. */
    public Payments.Input allocation(int owner) {
        return Payments.from(cheese(0).transactions().getFirst(), owner - 1, TestKeys.key(owner));
    }

    /** The miner's output of the cheese at a height. */
    public Payments.Input coinbase(int height) {
        return Payments.from(cheese(height).transactions().getFirst(), 0, miner);
    }

    /** A payment, signed by the owners, that gives {@code crumbs} to one and leaves {@code fee} from one input. */
    public Payment pay(Payments.Input input, TestKey to, long crumbs, long fee) {
        long rest = coins.coin(input.outPoint()).orElseThrow().amount().crumbs() - crumbs - fee;
        return rest == 0
                ? Payments.pay(network, input, Payments.to(to, crumbs))
                : Payments.pay(network, input, Payments.to(to, crumbs), Payments.to(input.owner(), rest));
    }

    /** A valid cheese on the tip, which is not added. */
    public Cheese next(Payment... payments) {
        return next(CheeseFactory.nextTimeMillis(network, tip()), payments);
    }

    /** A valid cheese of this time on the tip, which is not added. */
    public Cheese next(long timeMillis, Payment... payments) {
        return CheeseFactory.on(network, tip(), timeMillis, miner.address(), fees(payments), List.of(payments));
    }

    /** Adds a valid cheese with these payments. */
    public Cheese mine(Payment... payments) {
        Cheese cheese = next(payments);
        add(cheese);
        return cheese;
    }

    /** Adds so many empty cheeses. */
    public TestWorld mineEmpty(int count) {
        for (int i = 0; i < count; i++) {
            mine();
        }
        return this;
    }

    /** Adds a cheese that keeps every rule; another one is a fault of the test. */
    public CoinChanges add(Cheese cheese) {
        CoinChanges changes = check(cheese).orElseThrow();
        coins.apply(changes);
        headers.add(CheeseFactory.stacked(network, tip(), cheese));
        cheeses.add(cheese);
        return changes;
    }

    /** What all the rules say about a cheese on the tip: header in context, stand-alone, coins. */
    public Outcome<CoinChanges> check(Cheese cheese) {
        return HeaderRules.inContext(cheese.header(), tip(), network.parameters())
                .<Outcome<CoinChanges>>map(Outcome::refused)
                .orElseGet(() -> standAlone(cheese)
                        .then(checked -> CheeseRules.inContext(checked, coins, network.parameters())));
    }

    /** What the stand-alone rules say. */
    public Outcome<CheckedCheese> standAlone(Cheese cheese) {
        return CheeseRules.standAlone(cheese, network.id(), TestKeys.SCHEME, fullId -> false);
    }

    private Amount fees(Payment... payments) {
        MapCoins view = copy().coins;
        long fees = 0;
        for (Payment payment : payments) {
            for (OutPoint input : payment.inputs()) {
                fees += view.coin(input).orElseThrow().amount().crumbs();
            }
            fees -= payment.outputSum().crumbs();
            for (int i = 0; i < payment.outputs().size(); i++) {
                TransactionOutput output = payment.outputs().get(i);
                Coin coin = new Coin(output.amount(), output.address(), tip().height() + 1, Coin.Origin.PAYMENT);
                view.put(payment.outPoint(i), coin);
            }
        }
        return new Amount(fees);
    }
}
