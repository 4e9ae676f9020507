package org.cheesecoin.member.wallet;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import org.cheesecoin.chain.cheese.Address;
import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.consensus.Network;
import org.cheesecoin.chain.consensus.NetworkParameters;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.chain.wallet.KeyChain;
import org.cheesecoin.member.persistence.MemberDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What an owner can fill has an end. */
class WalletLimitsTest {

    @TempDir private Path folder;
    private MemberDatabase database;
    private TestLoop loop;

    @BeforeEach
    void open() {
        database = MemberDatabase.inFolder(folder);
        loop = new TestLoop(Network.of(NetworkParameters.test()), database,
                KeyChain.ofSeed(new byte[32], TestKeys.SCHEME), folder);
    }

    @AfterEach
    void close() {
        loop.close();
        database.close();
    }

    @Test
    void addressesAreHandedOutUpToTheGap() {
        // the first is mining's
        IntStream.range(1, KeyChain.GAP_LIMIT).forEach(_ -> fresh(Optional.empty()).orElseThrow());
        assertRefused(fresh(Optional.empty()), Rule.WLT_GAP);
        loop.commit();
        loop.crash();
        assertRefused(fresh(Optional.of("one more")), Rule.WLT_GAP);
    }

    @Test
    void labelsAreKeptUpToTheLimit() {
        List<Address> given = new ArrayList<>(List.of(loop.keeper().payoutAddress()));
        IntStream.range(1, KeyChain.GAP_LIMIT)
                .forEach(_ -> given.add(fresh(Optional.of("x")).orElseThrow().address().address()));
        assertThat(given).hasSize(GivenAddress.MAX_LABELS);
        assertPassed(label(given.getFirst(), "the last one"));
        loop.commit();
        // so that there is room for one more address
        loop.jdbc().update("UPDATE wallet_address SET state = 'USED' WHERE branch = 0 AND address_index = 5");
        loop.crash();
        int handedOut = loop.tables().given(0, 2 * KeyChain.GAP_LIMIT).size();
        assertRefused(fresh(Optional.of("too many")), Rule.WLT_LABEL);
        loop.commit();
        assertThat(loop.tables().given(0, 2 * KeyChain.GAP_LIMIT)).as("no address is lost to a refusal")
                .hasSize(handedOut);
        assertPassed(label(given.getFirst(), "another name"));
    }

    private Outcome<GivenAddress> fresh(Optional<String> label) {
        return loop.now(access -> loop.keeper().newAddress(label, access));
    }

    private Outcome<?> label(Address address, String label) {
        return loop.now(access -> loop.keeper().label(address, Optional.of(label), access)).orElseThrow();
    }

    private static void assertPassed(Outcome<?> outcome) {
        assertThat((Object) outcome).isInstanceOf(Outcome.Passed.class);
    }

    private static void assertRefused(Outcome<?> outcome, Rule rule) {
        assertThat((Object) outcome).isInstanceOfSatisfying(Outcome.Refused.class,
                it -> assertThat(it.violation().rule()).isEqualTo(rule));
    }
}
