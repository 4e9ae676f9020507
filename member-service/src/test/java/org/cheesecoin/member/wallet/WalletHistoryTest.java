package org.cheesecoin.member.wallet;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

import org.cheesecoin.chain.cheese.Address;
import org.cheesecoin.chain.cheese.Amount;
import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.Coinbase;
import org.cheesecoin.chain.cheese.OutPoint;
import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.cheese.Transaction;
import org.cheesecoin.chain.cheese.TransactionOutput;
import org.cheesecoin.chain.cheese.Txid;
import org.cheesecoin.chain.consensus.Coin;
import org.cheesecoin.chain.consensus.Network;
import org.cheesecoin.chain.consensus.NetworkParameters;
import org.cheesecoin.chain.consensus.StackedHeader;
import org.cheesecoin.chain.mempool.CheeseTemplate;
import org.cheesecoin.chain.node.Input;
import org.cheesecoin.chain.testing.CheeseFactory;
import org.cheesecoin.chain.testing.Payments;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.chain.testing.TestKeys.TestKey;
import org.cheesecoin.chain.wallet.Balance;
import org.cheesecoin.chain.wallet.Branch;
import org.cheesecoin.chain.wallet.KeyChain;
import org.cheesecoin.member.persistence.MemberDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Random histories of cheeses, payments, reorganisations and crashes: the wallet never differs from a naive count. */
class WalletHistoryTest {

    private static final KeyChain KEYS = KeyChain.ofSeed(new byte[32], TestKeys.SCHEME);
    /** More than the histories here hand out. */
    private static final int OWN_ADDRESSES = 300;
    private static final TreeSet<Address> OWN = own();
    private static final TestKey STRANGER = TestKeys.key(1);
    private static final Network NETWORK = Network.of(NetworkParameters.test().withAllocations(
            IntStream.range(0, 40).mapToObj(_ -> Payments.to(STRANGER, 1_000_000)).toList()));

    @TempDir private Path folder;
    private MemberDatabase database;
    private TestLoop loop;
    private Random random = new Random(0);
    private final Map<Smell, Cheese> made = new HashMap<>();
    private int reorganisations;
    private int payments;
    private int refusals;

    private static TreeSet<Address> own() {
        TreeSet<Address> addresses = new TreeSet<>();
        for (Branch branch : Branch.values()) {
            IntStream.range(0, OWN_ADDRESSES).forEach(it -> addresses.add(KEYS.key(branch, it).address()));
        }
        return addresses;
    }

    @BeforeEach
    void open() {
        database = MemberDatabase.inFolder(folder);
        loop = new TestLoop(NETWORK, database, KEYS, folder);
    }

    @AfterEach
    void close() {
        loop.close();
        database.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void theBalanceIsTheSumOverOwnCoinsAfterEveryStep(long seed) {
        random = new Random(seed);
        for (int step = 0; step < 150; step++) {
            switch (random.nextInt(10)) {
                case 0, 1, 2 -> mine();
                case 3, 4, 5 -> pay();
                case 6 -> receive();
                case 7 -> reorganise();
                case 8 -> loop.commit();
                default -> {
                    if (random.nextInt(3) == 0) {
                        loop.crash();
                    }
                }
            }
            loop.serve();
            agree();
        }
        loop.commit();
        agreeOnHistory();
        Balance before = balance();
        loop.crash();
        assertThat(balance()).isEqualTo(before);
        agreeOnHistory();
        assertThat(reorganisations).isGreaterThan(3);
        assertThat(payments).isGreaterThan(5);
    }

    @Test
    void readsAnOlderStackFromItsWordsAlone() {
        for (int i = 0; i < 230; i++) {
            mine();
            pay();
            if (i % 10 == 0) {
                receive();
            }
        }
        loop.commit();
        Balance before = balance();
        for (String table : List.of("wallet_state", "wallet_address", "wallet_coin", "wallet_transaction")) {
            loop.jdbc().update("DELETE FROM " + table);
        }
        loop.crash();
        assertThat(loop.now(access -> loop.keeper().balance(access)).isRestoring()).isTrue();
        assertThat(pay(STRANGER.address(), 1_000)).isInstanceOfSatisfying(PaymentAttempt.Refused.class,
                it -> assertThat(it.violation().rule()).isEqualTo(Rule.POL_NOT_READY));
        mine();
        await().pollInterval(Duration.ofMillis(5)).until(() -> {
            loop.serve();
            return loop.now(loop.keeper()::balance).height() == tip().height();
        });
        agree();
        loop.commit();
        agreeOnHistory();
        assertThat(payments).isGreaterThan(20);
        assertThat(before.spendable()).isNotEqualTo(Amount.ZERO);
    }

    @Test
    void readsTheStackAnewWhereItsMarkIsOnALostBranch() {
        mine();
        mine();
        receive();
        mine();
        loop.commit();
        loop.jdbc().update("UPDATE wallet_state SET mark_smell = ?, mark_height = 2", new byte[32]);
        loop.crash();
        agree();
        agreeOnHistory();
    }

    @Test
    void aPaymentThatIsRefusedGivesItsCoinsBack() {
        IntStream.range(0, 12).forEach(_ -> mine(loop.keeper().payoutAddress()));
        Balance before = balance();
        // three coins are mature; the mempool takes 25 payments that each spend the change of the one before
        for (int i = 0; i < 90; i++) {
            pay(STRANGER.address(), 1_000);
            agree();
        }
        assertThat(refusals).isPositive();
        assertThat(payments).as("when one chain is full, the wallet goes on with another coin").isGreaterThan(60);
        assertThat(balance().spendable().plus(balance().pendingOut()))
                .isEqualTo(before.spendable().plus(before.pendingOut()));
        mine(STRANGER.address());
        assertThat(balance().pendingOut()).isEqualTo(Amount.ZERO);
        agree();
    }

    private void mine() {
        mine(random.nextBoolean() ? loop.keeper().payoutAddress() : STRANGER.address());
    }

    private void mine(Address payTo) {
        CheeseTemplate template = loop.node().template();
        long timeMillis = template.parent().header().timeMillis() + 10_000;
        Cheese cheese = template.cheese(payTo, text(), timeMillis);
        handIn(new Cheese(CheeseFactory.mine(cheese.header()), cheese.transactions()));
        assertThat(tip().height()).isEqualTo(template.height());
    }

    private void handIn(Cheese cheese) {
        made.put(cheese.smell(), cheese);
        loop.handle(new Input.CheeseMined(cheese));
    }

    private StackedHeader tip() {
        return loop.node().stack().tip();
    }

    private byte[] text() {
        return Long.toString(random.nextLong()).getBytes(StandardCharsets.UTF_8);
    }

    private void pay() {
        boolean self = random.nextInt(5) == 0;
        Address to = self
                ? freshAddress()
                : STRANGER.address();
        pay(to, 1_000 + random.nextInt(60_000_000));
    }

    private PaymentAttempt pay(Address to, long crumbs) {
        PaymentOrder order = new PaymentOrder.Pay(
                List.of(new TransactionOutput(new Amount(crumbs), to)), Optional.empty());
        PaymentAttempt attempt = loop.now(access -> loop.keeper().pay(order, Optional.empty(), access));
        if (attempt instanceof PaymentAttempt.Refused) {
            refusals++;
        }
        if (attempt instanceof PaymentAttempt.HandedIn handedIn) {
            loop.commit();
            await().pollInterval(Duration.ofMillis(1)).until(() -> {
                loop.serve();
                return handedIn.answer().isDone();
            });
            switch (handedIn.answer().join()) {
                case Outcome.Passed<Txid> _ -> payments++;
                case Outcome.Refused<Txid> _ -> refusals++;
            }
        }
        return attempt;
    }

    private Address freshAddress() {
        return loop.now(access -> loop.keeper().newAddress(Optional.empty(), access)).orElseThrow()
                .address().address();
    }

    /** The stranger pays the wallet from an allocation. */
    private void receive() {
        Transaction blue = NETWORK.blueCheese().transactions().getFirst();
        int index = random.nextInt(blue.outputs().size());
        Address to = freshAddress();
        Payment payment = Payments.pay(NETWORK, Payments.from(blue, index, STRANGER),
                Payments.to(to, 400_000 + random.nextInt(1_000)), Payments.to(STRANGER, 500_000));
        loop.now(access -> access.submit(payment));
    }

    /** Cheeses beside the best branch until they win. */
    private void reorganise() {
        int tip = tip().height();
        int depth = Math.min(tip, 1 + random.nextInt(4));
        StackedHeader parent = loop.node().stack().headerAt(tip - depth).orElseThrow();
        for (int i = 0; i <= depth; i++) {
            Address payTo = random.nextBoolean() ? loop.keeper().payoutAddress() : STRANGER.address();
            Cheese cheese = CheeseFactory.of(NETWORK, parent, CheeseFactory.nextTimeMillis(NETWORK, parent),
                    List.of(new Coinbase(parent.height() + 1, text(), List.of(new TransactionOutput(
                            new Amount(1_000_000 + random.nextInt(90_000_000)), payTo)))));
            handIn(cheese);
            parent = CheeseFactory.stacked(NETWORK, parent, cheese);
        }
        if (depth > 0 && tip().smell().equals(parent.smell())) {
            reorganisations++;
        }
    }

    private Balance balance() {
        return loop.now(loop.keeper()::balance).balance();
    }

    /** Own coins counted from the bodies of the best branch. */
    private Map<OutPoint, Coin> naiveCoins() {
        Map<OutPoint, Coin> coins = new TreeMap<>();
        for (Cheese cheese : bestBranch()) {
            for (Transaction transaction : cheese.transactions()) {
                if (transaction instanceof Payment payment) {
                    payment.inputs().forEach(coins::remove);
                }
                Coin.Origin origin = transaction instanceof Coinbase && cheese.height() > 0
                        ? Coin.Origin.COINBASE
                        : Coin.Origin.PAYMENT;
                for (int i = 0; i < transaction.outputs().size(); i++) {
                    TransactionOutput output = transaction.outputs().get(i);
                    if (OWN.contains(output.address())) {
                        coins.put(transaction.outPoint(i),
                                new Coin(output.amount(), output.address(), cheese.height(), origin));
                    }
                }
            }
        }
        return coins;
    }

    private List<Cheese> bestBranch() {
        return IntStream.rangeClosed(0, tip().height())
                .mapToObj(height -> loop.node().stack().headerAt(height).orElseThrow().smell())
                .map(smell -> Optional.ofNullable(made.get(smell)).orElse(NETWORK.blueCheese()))
                .toList();
    }

    private void agree() {
        int next = tip().height() + 1;
        TreeSet<OutPoint> promised = new TreeSet<>();
        loop.node().mempool().entries().forEach(it -> promised.addAll(it.payment().inputs()));
        long spendable = 0;
        long immature = 0;
        long pendingOut = 0;
        for (Map.Entry<OutPoint, Coin> entry : naiveCoins().entrySet()) {
            long crumbs = entry.getValue().amount().crumbs();
            if (promised.contains(entry.getKey())) {
                pendingOut += crumbs;
            } else if (entry.getValue().spendableFrom(NETWORK.parameters()) > next) {
                immature += crumbs;
            } else {
                spendable += crumbs;
            }
        }
        long pendingIn = 0;
        for (var entry : loop.node().mempool().entries()) {
            for (int i = 0; i < entry.payment().outputs().size(); i++) {
                TransactionOutput output = entry.payment().outputs().get(i);
                if (OWN.contains(output.address()) && !promised.contains(entry.payment().outPoint(i))) {
                    pendingIn += output.amount().crumbs();
                }
            }
        }
        Balance balance = balance();
        assertThat(List.of(balance.spendable(), balance.immature(), balance.pendingOut(), balance.pendingIn()))
                .isEqualTo(List.of(new Amount(spendable), new Amount(immature), new Amount(pendingOut),
                        new Amount(pendingIn)));
    }

    /** After a commit: the history holds what touches the wallet, once, as it stands, and adds up to the coins. */
    private void agreeOnHistory() {
        Map<Txid, Integer> confirmed = new TreeMap<>();
        Map<OutPoint, Coin> ever = new TreeMap<>();
        for (Cheese cheese : bestBranch()) {
            for (Transaction transaction : cheese.transactions()) {
                boolean touches = transaction.outputs().stream().anyMatch(it -> OWN.contains(it.address()))
                        || (transaction instanceof Payment payment
                                && payment.inputs().stream().anyMatch(ever::containsKey));
                for (int i = 0; i < transaction.outputs().size(); i++) {
                    TransactionOutput output = transaction.outputs().get(i);
                    if (OWN.contains(output.address())) {
                        ever.put(transaction.outPoint(i),
                                new Coin(output.amount(), output.address(), 0, Coin.Origin.PAYMENT));
                    }
                }
                if (touches) {
                    confirmed.put(transaction.txid(), cheese.height());
                }
            }
        }
        loop.node().mempool().entries().forEach(entry -> {
            for (int i = 0; i < entry.payment().outputs().size(); i++) {
                TransactionOutput output = entry.payment().outputs().get(i);
                if (OWN.contains(output.address())) {
                    ever.put(entry.payment().outPoint(i),
                            new Coin(output.amount(), output.address(), 0, Coin.Origin.PAYMENT));
                }
            }
        });
        List<WalletEntry> entries = loop.tables().entries(Long.MAX_VALUE, 10_000).stream()
                .map(NumberedEntry::entry)
                .toList();
        Map<Txid, Integer> told = new TreeMap<>();
        long sum = 0;
        List<Txid> pending = new ArrayList<>();
        for (WalletEntry entry : entries) {
            if (entry.state() == WalletEntry.State.CONFIRMED) {
                told.put(entry.txid(), entry.height().orElseThrow());
                sum += entry.creditedCrumbs() - entry.debitedCrumbs();
            } else if (entry.state() == WalletEntry.State.PENDING) {
                pending.add(entry.txid());
            }
        }
        assertThat(told).isEqualTo(confirmed);
        assertThat(sum).isEqualTo(
                naiveCoins().values().stream().mapToLong(it -> it.amount().crumbs()).sum());
        assertThat(pending).containsExactlyInAnyOrderElementsOf(loop.node().mempool().entries().stream()
                .map(it -> it.payment())
                .filter(it -> it.outputs().stream().anyMatch(output -> OWN.contains(output.address()))
                        || it.inputs().stream().anyMatch(ever::containsKey))
                .map(Payment::txid)
                .toList());
    }
}
