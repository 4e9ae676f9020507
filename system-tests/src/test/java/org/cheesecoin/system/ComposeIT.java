package org.cheesecoin.system;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.cheesecoin.chain.consensus.Network;
import org.cheesecoin.chain.consensus.NetworkParameters;
import org.cheesecoin.system.Member.Balance;
import org.cheesecoin.system.Member.Tip;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.cheesecoin.system.Members.SOON;
import static org.cheesecoin.system.Members.awaitHeight;
import static org.cheesecoin.system.Members.awaitOneTip;
import static org.cheesecoin.system.Members.awaitState;

/** The life of a network that {@code docker-compose.yml} starts, on a real engine. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@ExtendWith({Docker.class, LogsOnFailure.class})
class ComposeIT {

    private static final int HASHES_PER_SECOND = 5_000;
    private static final NetworkParameters NETWORK = NetworkJson.quick("compose-test", 3 * HASHES_PER_SECOND);
    private static final String NETWORK_ID = Network.of(NETWORK).id().toHex();
    private static final long AMOUNT = 12_345_678;

    private final Compose compose = Compose.of(NETWORK)
            .with("CHEESECOIN_MINING_HASHES_PER_SECOND", Integer.toString(HASHES_PER_SECOND));
    private final Member one = compose.member(1);
    private final Member two = compose.member(2);
    private final Member three = compose.member(3);
    private final List<Member> all = new ArrayList<>(List.of(one, two, three));

    @BeforeAll
    void buildImages() {
        Docker.image("member");
    }

    @AfterAll
    void removeAll() {
        compose.close();
    }

    @Test
    @Order(1)
    void startsWithoutTheTrackerAndFindsItLater() {
        compose.run("up", "--detach", "--no-build", "member-1", "member-2", "member-3").orFail();
        compose.run("up", "--detach", "--no-build").orFail();

        compose.awaitHealth("tracker", "member-1", "member-2", "member-3");
        awaitListed(3);
        awaitHeight(3, all);
        assertOneTipAndAllMoney();
        assertThat(compose.containers("member")).isEmpty();
    }

    @Test
    @Order(2)
    void keepsTipWalletsAndPendingPaymentsOverDownAndUp() {
        awaitFunds(one);
        mineOn(List.of());
        awaitOneTip(all);
        String txid = one.pay(two.newAddress(), AMOUNT);
        all.forEach(member -> awaitState(member, txid, "pending"));
        Tip tip = one.tip();
        Map<Member, Balance> balances = balances();
        assertThat(balances.get(two).pending()).isEqualTo(AMOUNT);

        compose.run("down").orFail();
        compose.with("CHEESECOIN_MINING_ENABLED", "false").run("up", "--detach", "--no-build").orFail();
        compose.awaitHealth("tracker", "member-1", "member-2", "member-3");

        assertThat(all).allSatisfy(member -> assertThat(member.tip()).isEqualTo(tip))
                .allSatisfy(member -> assertThat(member.stateOf(txid)).isEqualTo("pending"));
        assertThat(balances()).isEqualTo(balances);
        mineOn(all);
        all.forEach(member -> awaitState(member, txid, "confirmed"));
        assertOneTipAndAllMoney();
    }

    @Test
    @Order(3)
    void goesOnWhileTheTrackerRestarts() {
        int height = one.tip().height();

        compose.run("restart", "tracker").orFail();
        awaitHeight(height + 2, all);

        compose.awaitHealth("tracker");
        awaitListed(3);
        assertOneTipAndAllMoney();
    }

    @Test
    @Order(4)
    void goesOnWithoutAKilledMemberAndTakesItBack() {
        Docker.run("kill", compose.container("member-2")).orFail();
        awaitHeight(one.tip().height() + 3, List.of(one, three));

        compose.run("up", "--detach", "--no-build").orFail();

        compose.awaitHealth("member-2");
        mineOn(all);
        assertOneTipAndAllMoney();
    }

    @Test
    @Order(5)
    void takesInMembersByScaleEachWithADatabaseOfItsOwn() {
        compose.run("up", "--detach", "--no-build", "--scale", "member=2").orFail();
        List<String> containers = compose.containers("member");
        assertThat(containers).hasSize(2);
        String volume = "{{range .Mounts}}{{if eq .Destination \"/data\"}}{{.Name}}{{end}}{{end}}";
        assertThat(containers.stream().map(it -> Docker.inspect(it, volume)).distinct()).hasSize(2);
        containers.forEach(it -> await().atMost(SOON).until(() -> health(it).equals("healthy")));

        containers.forEach(it -> all.add(compose.scaled(it)));
        awaitListed(5);
        awaitHeight(one.tip().height(), all);
        awaitFunds(one);
        String txid = one.pay(all.getLast().newAddress(), AMOUNT);
        all.forEach(member -> awaitState(member, txid, "confirmed"));
        assertOneTipAndAllMoney();
        assertThat(all.getLast().balance().total()).isGreaterThanOrEqualTo(AMOUNT);
    }

    @Test
    @Order(6)
    void joinsAgainWhatTheNetworkCutOff() {
        String third = compose.container("member-3");
        awaitFunds(three);
        List<Member> others = all.stream().filter(it -> it != three).toList();

        Docker.run("network", "disconnect", compose.network(), third).orFail();
        String cutAt = Instant.now().toString();
        String txid = one.pay(two.newAddress(), AMOUNT);
        others.forEach(member -> awaitState(member, txid, "confirmed"));
        await("a branch of its own").atMost(SOON)
                .until(() -> Docker.run("logs", "--since", cutAt, third).orFail().contains("Mined cheese"));
        awaitHeight(one.tip().height() + 2, others);
        Docker.run("network", "connect", "--alias", "member-3", compose.network(), third).orFail();

        awaitState(three, txid, "confirmed");
        assertOneTipAndAllMoney();
    }

    @Test
    @Order(7)
    void stopsWithinSecondsLeavesTheTrackerAndLeavesNothingBehind() {
        long startNanos = System.nanoTime();
        compose.run("stop", "member-1").orFail();
        assertThat(Duration.ofNanos(System.nanoTime() - startNanos)).isLessThan(Duration.ofSeconds(10));
        // at once, long before its lease of 30 s ends
        assertThat(listed()).isEqualTo(4);

        compose.run("down", "--volumes").orFail();
        assertThat(compose.leftovers()).isEmpty();
    }

    private void assertOneTipAndAllMoney() {
        mineOn(List.of());
        awaitOneTip(all);
        Members.assertMoney(NETWORK, all, 0);
        mineOn(all);
    }

    private void awaitFunds(Member member) {
        mineOn(all);
        await("funds").atMost(SOON).until(() -> member.balance().spendable() > 2 * AMOUNT);
    }

    private Map<Member, Balance> balances() {
        Map<Member, Balance> balances = new LinkedHashMap<>();
        all.forEach(member -> balances.put(member, member.balance()));
        return balances;
    }

    private void mineOn(List<Member> miners) {
        all.forEach(member -> member.mine(miners.contains(member)));
    }

    private void awaitListed(int members) {
        await("the tracker lists " + members).atMost(SOON).ignoreExceptions().until(() -> listed() == members);
    }

    private int listed() {
        return compose.tracker().get("/networks/" + NETWORK_ID).get("memberCount").intValue();
    }

    private static String health(String container) {
        return Docker.inspect(container, "{{.State.Health.Status}}");
    }
}
