package org.cheesecoin.member.wallet;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

import org.cheesecoin.chain.cheese.Address;
import org.cheesecoin.chain.cheese.Amount;
import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.Coinbase;
import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.cheese.TransactionOutput;
import org.cheesecoin.chain.consensus.Network;
import org.cheesecoin.chain.consensus.NetworkParameters;
import org.cheesecoin.chain.consensus.StackedHeader;
import org.cheesecoin.chain.node.Input;
import org.cheesecoin.chain.testing.CheeseFactory;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.chain.wallet.Branch;
import org.cheesecoin.chain.wallet.KeyChain;
import org.cheesecoin.member.persistence.MemberDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A wallet reads a stack that is older than itself, slice by slice, whatever happens meanwhile. */
class WalletReadingTest {

    private static final Network NETWORK = Network.of(NetworkParameters.test());
    private static final Address STRANGER = TestKeys.key(1).address();
    /** Cheeses of a slice, the Blue Cheese among them; after a start one is read at once. */
    private static final int SLICE = 200;
    private static final long REWARD_CRUMBS = 1_000_000;

    @TempDir private Path folder;
    private MemberDatabase database;
    private TestLoop loop;
    private int cheeses;

    @BeforeEach
    void open() {
        database = MemberDatabase.inFolder(folder);
        loop = new TestLoop(NETWORK, database, keys(0), folder);
    }

    @AfterEach
    void close() {
        loop.close();
        database.close();
    }

    private static KeyChain keys(int seed) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) seed);
        return KeyChain.ofSeed(bytes, TestKeys.SCHEME);
    }

    @Test
    void aRestoreBeforeTheLastSliceIsCommittedIsReadToTheEnd() {
        KeyChain restored = keys(7);
        mine(3, restored.key(Branch.RECEIVE, 0).address());
        mine(SLICE - 3, STRANGER);
        startWithoutBooks();
        loop.serveOneWithoutCommit();
        assertThat(balance().height()).as("the last slice is read").isEqualTo(SLICE);

        Outcome<Address> first = loop.now(access -> loop.keeper().restore(restored, access));
        loop.commit();

        assertThat(first).isEqualTo(Outcome.passed(restored.key(Branch.RECEIVE, 0).address()));
        readToTheEnd();
        assertThat(balance().balance().spendable()).isEqualTo(new Amount(3 * REWARD_CRUMBS));
    }

    @Test
    void saysHowFarItIsAndReadsOnAcrossAReorganisation() {
        Address own = loop.keeper().payoutAddress();
        mine(SLICE - 4, STRANGER);
        mine(10, own);
        startWithoutBooks();
        assertThat(balance()).extracting(WalletBalance::isRestoring, WalletBalance::height, WalletBalance::goalHeight)
                .containsExactly(true, SLICE - 1, SLICE + 6);

        // two of the four own cheeses that are read already stay
        StackedHeader fork = loop.node().stack().headerAt(SLICE - 2).orElseThrow();
        mineOn(fork, 20, STRANGER);

        readToTheEnd();
        assertThat(balance().isRestoring()).isFalse();
        assertThat(balance().balance().spendable()).isEqualTo(new Amount(2 * REWARD_CRUMBS));
        assertThat(balance().balance().immature()).isEqualTo(Amount.ZERO);
    }

    private void startWithoutBooks() {
        loop.commit();
        for (String table : List.of("wallet_state", "wallet_address", "wallet_coin", "wallet_transaction")) {
            loop.jdbc().update("DELETE FROM " + table);
        }
        loop.crash();
    }

    private void readToTheEnd() {
        await().pollInterval(Duration.ofMillis(5)).until(() -> {
            loop.serve();
            return balance().height() == loop.node().stack().tip().height();
        });
    }

    private WalletBalance balance() {
        return loop.now(loop.keeper()::balance);
    }

    private void mine(int count, Address payTo) {
        mineOn(loop.node().stack().tip(), count, payTo);
    }

    private void mineOn(StackedHeader start, int count, Address payTo) {
        StackedHeader parent = start;
        for (int i = 0; i < count; i++) {
            byte[] text = Integer.toString(cheeses++).getBytes(StandardCharsets.US_ASCII);
            Cheese cheese = CheeseFactory.of(NETWORK, parent, CheeseFactory.nextTimeMillis(NETWORK, parent),
                    List.of(new Coinbase(parent.height() + 1, text,
                            List.of(new TransactionOutput(new Amount(REWARD_CRUMBS), payTo)))));
            loop.handle(new Input.CheeseMined(cheese));
            parent = CheeseFactory.stacked(NETWORK, parent, cheese);
        }
        assertThat(loop.node().stack().tip().smell()).isEqualTo(parent.smell());
    }
}
