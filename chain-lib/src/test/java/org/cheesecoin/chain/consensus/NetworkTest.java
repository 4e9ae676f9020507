package org.cheesecoin.chain.consensus;

import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.CheeseHeader;
import org.cheesecoin.chain.cheese.Coinbase;
import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.cheese.TransactionOutput;
import org.cheesecoin.chain.consensus.HeaderRules.Timing;
import org.cheesecoin.chain.consensus.NetworkParameters.OnDemandMining;
import org.cheesecoin.chain.consensus.NetworkParameters.Retargeting;
import org.cheesecoin.chain.testing.CheeseFactory;
import org.cheesecoin.chain.testing.MapCoins;
import org.cheesecoin.chain.testing.Payments;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.chain.testing.TestWorld;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class NetworkTest {

    private static final List<TransactionOutput> GIFT = List.of(Payments.to(TestKeys.key(1), 5));

    @Test
    void twoNetworksWithOneDifferentRuleNeverShareAnId() {
        List<NetworkParameters> networks = List.of(
                of("a", 1_000, 0x207f_ffff, Retargeting.NONE, 10, 20, 1, OnDemandMining.ALLOWED, 10, 5, 7, GIFT),
                of("b", 1_000, 0x207f_ffff, Retargeting.NONE, 10, 20, 1, OnDemandMining.ALLOWED, 10, 5, 7, GIFT),
                of("a", 1_001, 0x207f_ffff, Retargeting.NONE, 10, 20, 1, OnDemandMining.ALLOWED, 10, 5, 7, GIFT),
                of("a", 1_000, 0x207f_fffe, Retargeting.NONE, 10, 20, 1, OnDemandMining.ALLOWED, 10, 5, 7, GIFT),
                of("a", 1_000, 0x207f_ffff, Retargeting.STEPWISE, 10, 20, 1, OnDemandMining.ALLOWED, 10, 5, 7, GIFT),
                of("a", 1_000, 0x207f_ffff, Retargeting.NONE, 11, 20, 1, OnDemandMining.ALLOWED, 10, 5, 7, GIFT),
                of("a", 1_000, 0x207f_ffff, Retargeting.NONE, 10, 21, 1, OnDemandMining.ALLOWED, 10, 5, 7, GIFT),
                of("a", 1_000, 0x207f_ffff, Retargeting.NONE, 10, 20, 2, OnDemandMining.ALLOWED, 10, 5, 7, GIFT),
                of("a", 1_000, 0x207f_ffff, Retargeting.NONE, 10, 20, 1, OnDemandMining.REFUSED, 10, 5, 7, GIFT),
                of("a", 1_000, 0x207f_ffff, Retargeting.NONE, 10, 20, 1, OnDemandMining.ALLOWED, 11, 5, 7, GIFT),
                of("a", 1_000, 0x207f_ffff, Retargeting.NONE, 10, 20, 1, OnDemandMining.ALLOWED, 10, 6, 7, GIFT),
                of("a", 1_000, 0x207f_ffff, Retargeting.NONE, 10, 20, 1, OnDemandMining.ALLOWED, 10, 5, 8, GIFT),
                of("a", 1_000, 0x207f_ffff, Retargeting.NONE, 10, 20, 1, OnDemandMining.ALLOWED, 10, 5, 7, List.of()));
        Stream<Smell> ids = networks.stream().map(parameters -> Network.of(parameters).id());
        assertThat(ids).doesNotHaveDuplicates().hasSize(13);
        assertThat(Network.of(networks.getFirst()).id()).isEqualTo(Network.of(networks.getFirst()).id());
    }

    @Test
    void allocationsAreSpendableAtOnce() {
        TestWorld world = TestWorld.rich(1);
        world.mine(world.pay(world.allocation(1), TestKeys.key(2), 11, 0));
        assertThat(world.tip().height()).isEqualTo(1);
    }

    @Test
    void aCoinbaseIsSpendableTenCheesesLater() {
        TestWorld world = TestWorld.fresh().mineEmpty(10);
        world.mine(world.pay(world.coinbase(1), TestKeys.key(2), 11, 0));
        assertThat(world.tip().height()).isEqualTo(11);
    }

    @Test
    void whatACheeseDoesToTheCoinsCanBeTakenBack() {
        TestWorld world = TestWorld.rich(2);
        var first = world.pay(world.allocation(1), TestKeys.key(5), 700, 10);
        var child = Payments.pay(
                world.network(), Payments.from(first, 0, TestKeys.key(5)), Payments.to(TestKeys.key(6), 600));
        MapCoins before = world.copy().coins();
        CoinChanges changes = world.add(world.next(first, child));
        assertThat(changes.fees().crumbs()).isEqualTo(110);
        assertThat(world.coins().sumCrumbs())
                .isEqualTo(before.sumCrumbs() + Subsidy.at(1, world.network().parameters()).crumbs());
        world.coins().revert(changes);
        assertThat(world.coins().all()).isEqualTo(before.all());
    }

    @Test
    void aMinerMayLeaveMoneyUnclaimed() {
        TestWorld world = TestWorld.fresh();
        var none = new Coinbase(1, new byte[0], List.of());
        world.add(CheeseFactory.of(
                world.network(), world.tip(), world.tip().header().timeMillis() + 1, List.of(none)));
        assertThat(world.coins().sumCrumbs()).isZero();
    }

    @Test
    void aCheeseOfExactlyTwoMillionBytesFits() {
        TestWorld world = TestWorld.rich(1);
        assertThat(full(world, 30).sizeBytes()).isEqualTo(2_000_000);
        assertThat(world.check(Cheese.decode(full(world, 30).toBytes()).orElseThrow()))
                .isInstanceOf(Outcome.Passed.class);
        assertThat(world.check(full(world, 31)))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.violation().rule()).isEqualTo(Rule.CHS_SIZE));
    }

    private static Cheese full(TestWorld world, int textBytes) {
        TransactionOutput crumb = Payments.to(TestKeys.key(1), 1);
        Payment payment = Payments.pay(
                world.network(), List.of(world.allocation(1)), Collections.nCopies(3_421, crumb));
        Coinbase coinbase = new Coinbase(1, new byte[textBytes], Collections.nCopies(65_535, crumb));
        return CheeseFactory.withTransactions(world.next(), List.of(coinbase, payment));
    }

    @Test
    void aHeaderThirtySecondsAheadIsDueAndOneTwoMinutesAheadWaits() {
        CheeseHeader header = TestWorld.fresh().next().header();
        long time = header.timeMillis();
        assertThat(HeaderRules.timing(header, time + 1_000_000)).isEqualTo(Timing.DUE);
        assertThat(HeaderRules.timing(header, time - 30_000)).isEqualTo(Timing.DUE);
        assertThat(HeaderRules.timing(header, time - 30_001)).isEqualTo(Timing.EARLY);
        assertThat(HeaderRules.timing(header, time - 120_000)).isEqualTo(Timing.EARLY);
        assertThat(HeaderRules.timing(header, time - 120_001)).isEqualTo(Timing.FAR_AHEAD);
    }

    @Test
    void namesTheParameterThatIsOutOfRange() {
        assertThatThrownBy(
                () -> of("a", 0, 0x207f_ffff, Retargeting.NONE, 10, 20, 1, OnDemandMining.ALLOWED, 10, 5, 7, GIFT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("blueTimeMillis");
        assertThatThrownBy(
                () -> of("A", 1, 0x207f_ffff, Retargeting.NONE, 10, 20, 1, OnDemandMining.ALLOWED, 10, 5, 7, GIFT))
                .hasMessageContaining("name");
        assertThatThrownBy(() -> of("a", 1, 0, Retargeting.NONE, 10, 20, 1, OnDemandMining.ALLOWED, 10, 5, 7, GIFT))
                .hasMessageContaining("firstCompactTarget");
    }

    private static NetworkParameters of(
            String name,
            long blueTimeMillis,
            int firstCompactTarget,
            Retargeting retargeting,
            long spacingMillis,
            long halfLifeMillis,
            int easiestFactor,
            OnDemandMining onDemandMining,
            int coinbaseMaturity,
            long firstSubsidyCrumbs,
            int halvingInterval,
            List<TransactionOutput> allocations) {
        return new NetworkParameters(
                name,
                blueTimeMillis,
                firstCompactTarget,
                retargeting,
                spacingMillis,
                halfLifeMillis,
                easiestFactor,
                onDemandMining,
                coinbaseMaturity,
                firstSubsidyCrumbs,
                halvingInterval,
                allocations);
    }
}
