package org.cheesecoin.member.wallet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.Txid;
import org.cheesecoin.chain.consensus.Network;
import org.cheesecoin.chain.consensus.NetworkParameters;
import org.cheesecoin.chain.crypto.Sha256;
import org.cheesecoin.chain.mempool.MempoolEntry;
import org.cheesecoin.chain.node.Input;
import org.cheesecoin.chain.testing.CheeseFactory;
import org.cheesecoin.chain.testing.Payments;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.chain.testing.TestKeys.TestKey;
import org.cheesecoin.chain.wallet.Branch;
import org.cheesecoin.chain.wallet.KeyChain;
import org.cheesecoin.member.persistence.MemberDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DelegatingDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A wallet keeps its word though its database went back. */
@ExtendWith(OutputCaptureExtension.class)
class WalletRecoveryTest {

    private static final KeyChain KEYS = KeyChain.ofSeed(new byte[32], TestKeys.SCHEME);
    private static final TestKey OWN = TestKeys.of(KEYS.key(Branch.RECEIVE, 0).privateKey());
    private static final TestKey STRANGER = TestKeys.key(1);
    private static final long COIN_CRUMBS = 1_000_000;

    private final Network network = Network.of(NetworkParameters.test()
            .withAllocations(List.of(Payments.to(OWN, COIN_CRUMBS), Payments.to(OWN, COIN_CRUMBS))));
    @TempDir private Path folder;
    private MemberDatabase database;
    private TestLoop loop;

    @BeforeEach
    void start() {
        database = MemberDatabase.inFolder(folder);
        loop = new TestLoop(network, database, KEYS, folder);
    }

    @AfterEach
    void stop() {
        loop.close();
        database.close();
    }

    private Path file() {
        return folder.resolve("stack.mv.db");
    }

    /** A back-up of the database alone. */
    private Path backUp() throws IOException {
        stop();
        Path copy = folder.resolve("older");
        Files.copy(file(), copy, StandardCopyOption.REPLACE_EXISTING);
        start();
        return copy;
    }

    private void restore(Path copy) throws IOException {
        stop();
        Files.copy(copy, file(), StandardCopyOption.REPLACE_EXISTING);
        start();
    }

    private void beginAnew() throws IOException {
        stop();
        Files.delete(file());
        start();
    }

    private PaymentAttempt order(String key) {
        PaymentOrder order = new PaymentOrder.Pay(List.of(Payments.to(STRANGER, 1_000)), Optional.empty());
        return loop.now(access -> loop.keeper().pay(order, Optional.of(new IdempotencyKey(key)), access));
    }

    private Txid paid(String key) {
        PaymentAttempt.HandedIn attempt = (PaymentAttempt.HandedIn) order(key);
        loop.commit();
        await().pollInterval(Duration.ofMillis(1)).until(() -> {
            loop.serve();
            return attempt.answer().isDone();
        });
        assertThat(attempt.answer().join()).isEqualTo(Outcome.passed(attempt.payment().txid()));
        return attempt.payment().txid();
    }

    private void isMadeBefore(String key, Txid txid) {
        assertThat(order(key)).isInstanceOfSatisfying(PaymentAttempt.MadeBefore.class,
                it -> assertThat(it.payment().txid()).isEqualTo(txid));
    }

    private List<Txid> waiting() {
        return loop.node().mempool().entries().stream().map(MempoolEntry::payment).map(Payment::txid).toList();
    }

    /** Does what the wallet's own thread asks for, until so many payments wait. */
    private void waitsFor(int payments) {
        await().pollInterval(Duration.ofMillis(1)).until(() -> {
            loop.commit();
            loop.serve();
            return waiting().size() == payments
                    && loop.now(access -> loop.keeper().ready(access) instanceof Outcome.Passed);
        });
    }

    private Cheese mine() {
        Cheese cheese = CheeseFactory.empty(network, loop.node().stack().tip(), STRANGER.address());
        loop.handle(new Input.CheeseMined(cheese));
        loop.commit();
        return cheese;
    }

    @Test
    void anOrderIsPaidOnceAndItsPaymentComesAgain() throws IOException {
        Path older = backUp();
        Txid first = paid("first");
        Txid second = paid("second");
        restore(older);
        isMadeBefore("first", first);
        isMadeBefore("second", second);
        waitsFor(2);
        assertThat(waiting()).containsExactlyInAnyOrder(first, second);
        loop.crash();
        isMadeBefore("first", first);
        assertThat(waiting()).containsExactlyInAnyOrder(first, second);
    }

    @Test
    void noOrderIsPaidBeforeWhatIsOwedIsThereAgain() throws IOException {
        Path older = backUp();
        paid("first");
        restore(older);
        assertThat(order("another")).isInstanceOfSatisfying(PaymentAttempt.Refused.class,
                it -> assertThat(it.violation().rule()).isEqualTo(Rule.POL_NOT_READY));
        waitsFor(1);
        paid("another");
        assertThat(waiting()).hasSize(2);
    }

    @Test
    void noOrderIsPaidBeforeTheStackIsThereAgain() throws IOException {
        Path older = backUp();
        Cheese cheese = mine();
        restore(older);
        assertThat(order("another")).isInstanceOfSatisfying(PaymentAttempt.Refused.class, it -> {
            assertThat(it.violation().rule()).isEqualTo(Rule.POL_NOT_READY);
            assertThat(it.violation().values()).containsEntry("heightBefore", "1");
        });
        loop.handle(new Input.CheeseMined(cheese));
        loop.commit();
        paid("another");
    }

    @Test
    void noAddressIsHandedOutTwice() throws IOException {
        Path older = backUp();
        List<Object> given = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            given.add(loop.now(access -> loop.keeper().newAddress(Optional.empty(), access)).orElseThrow().address());
        }
        loop.commit();
        restore(older);
        given.add(loop.now(access -> loop.keeper().newAddress(Optional.empty(), access)).orElseThrow().address());
        loop.commit();
        beginAnew();
        given.add(loop.now(access -> loop.keeper().newAddress(Optional.empty(), access)).orElseThrow().address());
        assertThat(given).doesNotHaveDuplicates();
        loop.commit();
        assertThat(loop.tables().given(0, 10)).hasSize(6);
    }

    @Test
    void changeGoesToNoAddressTwice() throws IOException {
        Path older = backUp();
        paid("first");
        paid("second");
        restore(older);
        waitsFor(2);
        paid("third");
        List<Object> change = loop.node().mempool().entries().stream()
                .flatMap(it -> it.payment().outputs().stream())
                .map(it -> (Object) it.address())
                .filter(it -> !it.equals(STRANGER.address()))
                .toList();
        assertThat(change).hasSize(3).doesNotHaveDuplicates();
    }

    @Test
    void wordsThatWereAcknowledgedAreNotShownAgain() throws IOException {
        Path older = backUp();
        loop.now(access -> loop.keeper().wordsAcknowledged(access));
        loop.commit();
        restore(older);
        assertThat(loop.tables().wordsAcknowledgedMillis()).isPresent();
    }

    @Test
    void aPaymentThatWasReplacedComesNotAgain() throws IOException {
        Path older = backUp();
        Txid first = paid("first");
        PaymentAttempt bumped = loop.now(access -> loop.keeper().bump(first, Optional.empty(), access));
        loop.commit();
        Txid second = ((PaymentAttempt.HandedIn) bumped).payment().txid();
        assertThat(waiting()).containsExactly(second);
        restore(older);
        waitsFor(1);
        assertThat(waiting()).containsExactly(second);
        isMadeBefore("first", first);
    }

    @Test
    void whatCanNeverBeMadeAgainIsSaidOnceAndHoldsUpNothing(CapturedOutput output) throws IOException {
        Path older = backUp();
        Txid first = paid("first");
        restore(older);
        // a cheese spends the same coins before the payment is back
        List<Payments.Input> coins = List.of(
                Payments.from(network.blueCheese().transactions().getFirst(), 0, OWN),
                Payments.from(network.blueCheese().transactions().getFirst(), 1, OWN));
        for (Payments.Input coin : coins) {
            Payment rival = Payments.pay(network, coin, Payments.to(OWN, COIN_CRUMBS - 10_000));
            loop.now(access -> access.submit(rival));
        }
        Cheese cheese = CheeseFactory.of(network, loop.node().stack().tip(),
                CheeseFactory.nextTimeMillis(network, loop.node().stack().tip()),
                loop.node().template().cheese(STRANGER.address(), new byte[0], 0).transactions());
        loop.handle(new Input.CheeseMined(cheese));
        loop.commit();
        await().pollInterval(Duration.ofMillis(1)).until(() -> {
            loop.commit();
            loop.serve();
            return loop.now(access -> loop.keeper().ready(access)) instanceof Outcome.Passed;
        });
        assertThat(output.getAll())
                .containsOnlyOnce("Payment " + first + ", which was acknowledged before the database "
                        + "went back, cannot be made again");
        isMadeBefore("first", first);
        paid("second");
    }

    @Test
    void aStartAsksAFewQuestionsHoweverManyPaymentsTheJournalHas() {
        Txid known = paid("first");
        List<Txid> kept = new ArrayList<>(List.of(known));
        for (int i = 0; i < 2_500; i++) {
            kept.add(new Txid(Sha256.hash(new byte[]{(byte) i, (byte) (i >> 8)})));
        }
        AtomicInteger questions = new AtomicInteger();
        WalletTables tables = new WalletTables(new JdbcTemplate(new DelegatingDataSource(database.readers()) {
            @Override
            public Connection getConnection() throws SQLException {
                questions.incrementAndGet();
                return super.getConnection();
            }
        }));
        assertThat(tables.known(kept)).containsExactly(known);
        assertThat(questions).hasValue(3);
        assertThat(tables.known(List.of())).isEmpty();
    }

    @Test
    void anOlderVersionsWalletGetsItsJournalFromItsDatabase() throws IOException {
        Path older = backUp();
        Txid first = paid("first");
        stop();
        Files.delete(folder.resolve(WalletJournal.FILE));
        start();
        restore(older);
        isMadeBefore("first", first);
        waitsFor(1);
        assertThat(waiting()).containsExactly(first);
    }

    @Test
    void aCommitWhoseJournalWasNotWrittenIsJournalledAtTheNextStart() throws IOException {
        Path older = backUp();
        byte[] before = Files.readAllBytes(folder.resolve(WalletJournal.FILE));
        Txid first = paid("first");
        stop();
        Files.write(folder.resolve(WalletJournal.FILE), before);
        start();
        restore(older);
        isMadeBefore("first", first);
        waitsFor(1);
    }
}
