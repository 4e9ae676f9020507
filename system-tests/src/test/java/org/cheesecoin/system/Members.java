package org.cheesecoin.system;

import java.time.Duration;
import java.util.List;

import org.cheesecoin.chain.consensus.NetworkParameters;
import org.cheesecoin.chain.consensus.Subsidy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What the members of a network come to together. */
final class Members {

    /** How long a network of these tests may take for anything. */
    static final Duration SOON = Duration.ofSeconds(60);

    private Members() {}

    static void awaitHeight(int height, List<Member> members) {
        await().atMost(SOON).until(() -> members.stream().allMatch(it -> it.tip().height() >= height));
    }

    static void awaitOneTip(List<Member> members) {
        await().atMost(SOON).until(() -> members.stream().map(Member::tip).distinct().count() == 1);
    }

    static void awaitState(Member member, String txid, String state) {
        await(member + " has " + txid + " " + state).atMost(SOON).until(() -> member.stateOf(txid).equals(state));
    }

    /** All coins that there are, fees on the way apart, are in the wallets of these members, who have one tip. */
    static void assertMoney(NetworkParameters network, List<Member> members, long feesOnTheWay) {
        int height = members.getFirst().tip().height();
        await().atMost(SOON).until(() -> members.stream().allMatch(it -> it.balance().height() == height));
        long sum = members.stream().mapToLong(it -> it.balance().total()).sum();
        assertThat(sum + feesOnTheWay).isEqualTo(Subsidy.minedUpTo(height, network));
    }
}
