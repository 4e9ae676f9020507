package org.cheesecoin.member.wallet;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import org.cheesecoin.chain.cheese.Amount;
import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.Coinbase;
import org.cheesecoin.chain.cheese.FeeRate;
import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.Transaction;
import org.cheesecoin.chain.cheese.TransactionOutput;
import org.cheesecoin.chain.cheese.Txid;
import org.cheesecoin.chain.consensus.Network;
import org.cheesecoin.chain.consensus.NetworkParameters;
import org.cheesecoin.chain.consensus.StackedHeader;
import org.cheesecoin.chain.node.Input;
import org.cheesecoin.chain.testing.CheeseFactory;
import org.cheesecoin.chain.testing.Payments;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.chain.testing.TestKeys.TestKey;
import org.cheesecoin.chain.wallet.Branch;
import org.cheesecoin.chain.wallet.KeyChain;
import org.cheesecoin.member.persistence.MemberDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What becomes of payments, on a loop that commits when the test says so. */
class WalletPaymentsTest {

    private static final KeyChain KEYS = KeyChain.ofSeed(new byte[32], TestKeys.SCHEME);
    private static final TestKey OWN = TestKeys.of(KEYS.key(Branch.RECEIVE, 0).privateKey());
    private static final TestKey STRANGER = TestKeys.key(1);
    private static final long COIN_CRUMBS = 1_000_000;

    @TempDir private Path folder;
    private Network network = Network.of(NetworkParameters.test());
    private Optional<MemberDatabase> database = Optional.empty();
    private Optional<TestLoop> started = Optional.empty();
    private int cheeses;

    @AfterEach
    void close() {
        started.ifPresent(TestLoop::close);
        database.ifPresent(MemberDatabase::close);
    }

    /** Allocations of the Blue Cheese, which can be spent at once. */
    private TestLoop start(TransactionOutput... allocations) {
        network = Network.of(NetworkParameters.test().withAllocations(List.of(allocations)));
        MemberDatabase fresh = MemberDatabase.inFolder(folder);
        TestLoop loop = new TestLoop(network, fresh, KEYS, folder);
        database = Optional.of(fresh);
        started = Optional.of(loop);
        return loop;
    }

    private Payments.Input allocation(int index, TestKey owner) {
        return Payments.from(network.blueCheese().transactions().getFirst(), index, owner);
    }

    @Test
    void sendAllLeavesNobodyACoinThatCostsMoreToSpendThanItHolds() {
        int feeCrumbs = Payment.sizeBytes(1, 1, 1);
        TestLoop loop = start(Payments.to(OWN, feeCrumbs + 1));
        PaymentOrder all = new PaymentOrder.SendAll(STRANGER.address(), Optional.of(FeeRate.ofCrumbsPerByte(1)));
        assertThat(rule(order(loop, all, Optional.empty()))).isEqualTo(Rule.WLT_DUST);
    }

    @Test
    void theOldestOfTenThousandKeysIsForgotten() {
        TestLoop loop = start(Payments.to(OWN, COIN_CRUMBS), Payments.to(OWN, COIN_CRUMBS),
                Payments.to(OWN, COIN_CRUMBS));
        assertThat(settled(loop, order(loop, thousand(), key("oldest")))).isInstanceOf(Outcome.Passed.class);
        loop.jdbc().update("""
                INSERT INTO wallet_payment_key SELECT 10000, 'newest', order_digest, txid, fee_crumbs, change_crumbs,
                    size_bytes FROM wallet_payment_key""");
        loop.crash();
        assertThat(order(loop, thousand(), key("oldest"))).isInstanceOf(PaymentAttempt.MadeBefore.class);
        assertThat(settled(loop, order(loop, thousand(), key("one more")))).isInstanceOf(Outcome.Passed.class);
        assertThat(order(loop, thousand(), key("newest"))).isInstanceOf(PaymentAttempt.MadeBefore.class);
        assertThat(order(loop, thousand(), key("one more"))).isInstanceOf(PaymentAttempt.MadeBefore.class);
        assertThat(order(loop, thousand(), key("oldest"))).isInstanceOf(PaymentAttempt.HandedIn.class);
    }

    @Test
    void aPaymentThatComesBackBeforeTheCommitKeepsItsKeyOnce() {
        TestLoop loop = start(Payments.to(OWN, COIN_CRUMBS));
        PaymentAttempt attempt = order(loop, thousand(), key("rent"));
        Payment paid = loop.node().mempool().entries().iterator().next().payment();
        StackedHeader blue = loop.node().stack().tip();
        mineOn(loop, blue, paid);
        mineOn(loop, mineOn(loop, blue));
        assertThat(loop.node().mempool().entries()).as("it is back").hasSize(1);
        assertThat(settled(loop, attempt)).isEqualTo(Outcome.passed(paid.txid()));
        assertThat(order(loop, thousand(), key("rent"))).isInstanceOf(PaymentAttempt.MadeBefore.class);
    }

    @Test
    void coinsOfADraftThatIsHandedInAreNotPickedForAnotherPayment() {
        TestLoop loop = start(Payments.to(OWN, COIN_CRUMBS));
        Payment draft = Payments.pay(network, allocation(0, OWN), Payments.to(STRANGER, COIN_CRUMBS - 10_000));
        PaymentAttempt meanwhile = loop.now(access -> {
            loop.keeper().submit(draft, access);
            return loop.keeper().pay(thousand(), Optional.empty(), access);
        });
        assertThat(rule(meanwhile)).isEqualTo(Rule.WLT_FUNDS);
    }

    @Test
    void aDraftThatIsRefusedGivesItsCoinsBack() {
        TestLoop loop = start(Payments.to(OWN, COIN_CRUMBS));
        Payment withoutFee = Payments.pay(network, allocation(0, OWN), Payments.to(STRANGER, COIN_CRUMBS));
        CompletableFuture<Outcome<Txid>> answer = loop.now(access -> loop.keeper().submit(withoutFee, access));
        assertThat(settled(loop, answer)).isInstanceOf(Outcome.Refused.class);
        assertThat(loop.now(loop.keeper()::balance).balance().spendable()).isEqualTo(new Amount(COIN_CRUMBS));
    }

    @Test
    void namesTheRivalAlsoOfWhatBuildsOnAPaymentInConflict() {
        TestLoop loop = start(Payments.to(STRANGER, COIN_CRUMBS));
        Payment gift = Payments.pay(network, allocation(0, STRANGER), Payments.to(OWN, 100_000),
                Payments.to(STRANGER, 800_000));
        int change = gift.outputs().getFirst().amount().crumbs() == 800_000 ? 0 : 1;
        Payment second = Payments.pay(network, Payments.from(gift, change, STRANGER), Payments.to(OWN, 700_000));
        loop.now(access -> access.submit(gift));
        loop.now(access -> access.submit(second));
        assertThat(loop.node().mempool().entries()).hasSize(2);
        Payment rival = Payments.pay(network, allocation(0, STRANGER), Payments.to(STRANGER, 900_000));
        mineOn(loop, loop.node().stack().tip(), rival);
        loop.commit();
        for (Payment lost : List.of(gift, second)) {
            WalletEntry entry = loop.tables().entry(lost.txid()).orElseThrow().entry();
            assertThat(entry.state()).isEqualTo(WalletEntry.State.CONFLICTED);
            assertThat(entry.other()).contains(rival.txid());
        }
    }

    private static PaymentOrder thousand() {
        return new PaymentOrder.Pay(List.of(Payments.to(STRANGER, 1_000)), Optional.empty());
    }

    private static Optional<IdempotencyKey> key(String text) {
        return Optional.of(new IdempotencyKey(text.replace(' ', '-')));
    }

    private static PaymentAttempt order(TestLoop loop, PaymentOrder order, Optional<IdempotencyKey> key) {
        return loop.now(access -> loop.keeper().pay(order, key, access));
    }

    private static Rule rule(PaymentAttempt attempt) {
        assertThat(attempt).isInstanceOf(PaymentAttempt.Refused.class);
        return ((PaymentAttempt.Refused) attempt).violation().rule();
    }

    private static Outcome<Txid> settled(TestLoop loop, PaymentAttempt attempt) {
        assertThat(attempt).isInstanceOf(PaymentAttempt.HandedIn.class);
        return settled(loop, ((PaymentAttempt.HandedIn) attempt).answer());
    }

    private static Outcome<Txid> settled(TestLoop loop, CompletableFuture<Outcome<Txid>> answer) {
        loop.commit();
        await().pollInterval(Duration.ofMillis(1)).until(() -> {
            loop.serve();
            return answer.isDone();
        });
        return answer.join();
    }

    private StackedHeader mineOn(TestLoop loop, StackedHeader parent, Transaction... payments) {
        byte[] text = Integer.toString(cheeses++).getBytes(StandardCharsets.US_ASCII);
        Coinbase coinbase = new Coinbase(parent.height() + 1, text,
                List.of(new TransactionOutput(new Amount(COIN_CRUMBS), STRANGER.address())));
        Cheese plain = CheeseFactory.of(network, parent, CheeseFactory.nextTimeMillis(network, parent),
                Stream.concat(Stream.of(coinbase), Arrays.stream(payments))
                        .toList());
        loop.handle(new Input.CheeseMined(plain));
        return CheeseFactory.stacked(network, parent, plain);
    }
}
