package org.cheesecoin.system;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
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

/** The life of one network of three members: it pays, is killed, cut in two, joined, stopped, and goes on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@ExtendWith(LogsOnFailure.class)
class NetworkLifeIT {

    private static final int HASHES_PER_SECOND = 10_000;
    private static final NetworkParameters NETWORK = NetworkJson.quick("system-test", 3 * HASHES_PER_SECOND);
    private static final long AMOUNT = 12_345_678;
    private static final long FUNDS = 60_000_000;

    private final Launcher launcher = Launcher.of(NETWORK)
            .with("CHEESECOIN_MINING_HASHES_PER_SECOND", Integer.toString(HASHES_PER_SECOND));
    private final Member one = launcher.member(1);
    private final Member two = launcher.member(2);
    private final Member three = launcher.member(3);
    private final List<Member> all = List.of(one, two, three);
    private String firstWords = "";

    @BeforeAll
    void up() {
        firstWords = launcher.run("up", "3").orFail();
    }

    @AfterAll
    void endAll() {
        launcher.close();
    }

    @Test
    @Order(1)
    void startsThreeMembersOnOneGrowingTip() {
        assertThat(firstWords).contains("member-1", "member-2", "member-3", one.url(), "/wallet/payments");
        int start = one.tip().height();

        awaitHeight(start + 3, all);

        awaitOneTip(all);
        assertThat(launcher.run("status").orFail()).contains(three.url()).contains("running");
        assertThat(launcher.run("logs", "member-1").orFail()).contains("cheese");
        assertThat(launcher.run("clean").text()).contains("still running");
    }

    @Test
    @Order(2)
    void showsAPaymentPendingOnAllAndConfirmsItToTheCrumb() {
        awaitFunds(one);
        mineOn(List.of());
        awaitOneTip(all);

        String txid = one.pay(two.newAddress(), AMOUNT);

        all.forEach(member -> awaitState(member, txid, "pending"));
        assertThat(all).allSatisfy(member -> assertThat(member.stateOf(txid)).isEqualTo("pending"));
        assertThat(two.balance().pending()).isEqualTo(AMOUNT);
        long fee = one.get("/transactions/" + txid).get("feeCrumbs").longValue();
        assertThat(fee).isPositive();
        assertMoney(fee);

        int before = one.tip().height();
        mineOn(all);
        all.forEach(member -> awaitState(member, txid, "confirmed"));
        assertThat(one.get("/transactions/" + txid).get("height").intValue()).isLessThanOrEqualTo(before + 3);
        mineOn(List.of());
        awaitOneTip(all);
        assertMoney(0);
    }

    @Test
    @Order(3)
    void theReadmesFirstPaymentWorksAsItIsShown() {
        awaitFunds(one);
        List<Readme.Step> steps = Readme.firstPayment();

        List<String> said = Readme.run(steps, launcher);

        assertThat(steps).anySatisfy(step -> assertThat(step.command()).contains("/wallet/payments"));
        for (int i = 0; i < steps.size(); i++) {
            List<String> shown = Readme.fields(steps.get(i).shown());
            List<String> came = Readme.fields(said.get(i));
            // where nothing is immature, nextMatureHeight is left out
            assertThat(shown).as(said.get(i)).containsAll(came).hasSizeLessThanOrEqualTo(came.size() + 1);
        }
        mineOn(List.of());
        awaitOneTip(all);
    }

    @Test
    @Order(4)
    void keepsPendingPaymentsWalletsAndPeersWhenAllAreKilled() {
        String txid = one.pay(three.newAddress(), AMOUNT);
        all.forEach(member -> awaitState(member, txid, "pending"));
        awaitOneTip(all);
        Map<Member, Balance> balances = balances();
        Tip tip = one.tip();
        Map<Member, List<String>> known = new LinkedHashMap<>();
        all.forEach(member -> known.put(member, member.knownIds()));

        launcher.kill("tracker", "member-1", "member-2", "member-3");
        launcher.with("CHEESECOIN_MINING_ENABLED", "false").run("up", "3").orFail();

        for (Member member : all) {
            assertThat(member.tip()).isEqualTo(tip);
            assertThat(member.stateOf(txid)).isEqualTo("pending");
            assertThat(member.knownIds()).containsAll(known.get(member));
        }
        assertThat(balances()).isEqualTo(balances);
        mineOn(all);
        all.forEach(member -> awaitState(member, txid, "confirmed"));
    }

    @Test
    @Order(5)
    void comesBackFromAKillWhileMiningAndSyncing() {
        launcher.with("CHEESECOIN_MINING_ENABLED", "true");
        for (int kills = 0; kills < 2; kills++) {
            Tip before = three.tip();
            launcher.kill("member-3");
            awaitHeight(before.height() + 4, List.of(one, two));

            launcher.run("up", "3").orFail();

            assertThat(three.tip().height()).isGreaterThanOrEqualTo(before.height());
            awaitHeight(one.tip().height(), List.of(three));
        }
        mineOn(List.of());
        awaitOneTip(all);
        assertMoney(0);
    }

    @Test
    @Order(6)
    void twoHalvesThatWereCutEndOnOneTipAndLoseNoPayment() {
        awaitFunds(three);
        mineOn(List.of());
        awaitOneTip(all);
        int fork = one.tip().height();
        launcher.kill("tracker");
        cut();
        String txid = three.pay(one.newAddress(), AMOUNT);
        mineOn(List.of(three));
        awaitState(three, txid, "confirmed");
        mineOn(List.of(one, two));
        awaitHeight(three.tip().height() + 4, List.of(one, two));
        mineOn(List.of());
        awaitOneTip(List.of(one, two));
        assertThat(one.stateOf(txid)).isEqualTo("unknown");
        Tip losing = three.tip();
        assertThat(one.smellAt(fork + 1)).isNotEqualTo(three.smellAt(fork + 1));

        three.owner("POST", "/peers", "{\"url\": \"%s\"}".formatted(one.gossipUrl())).expect(202);

        awaitOneTip(all);
        assertThat(three.smellAt(losing.height())).isNotEqualTo(losing.smell());
        all.forEach(member -> awaitState(member, txid, "pending"));
        mineOn(List.of(one));
        all.forEach(member -> awaitState(member, txid, "confirmed"));
        mineOn(List.of());
        awaitOneTip(all);
        assertMoney(0);
    }

    @Test
    @Order(7)
    void membersRegisterAgainWhenTheTrackerIsBack() {
        launcher.run("up", "3").orFail();

        String network = Network.of(NETWORK).id().toHex();
        await().atMost(SOON).ignoreExceptions()
                .until(() -> launcher.tracker().get("/networks/" + network).get("memberCount").intValue() == 3);
        await().atMost(SOON).until(() -> all.stream().allMatch(it -> it.linkedIds().size() == 2));
    }

    @Test
    @Order(8)
    void aKilledMemberIsStartedAgainAndALostKeeperIsTold() {
        awaitOneTip(all);
        Tip before = three.tip();
        long killed = launcher.process("member-3").orElseThrow().pid();

        launcher.killProgram("member-3");

        await().atMost(SOON).until(() -> launcher.run("status").orFail(),
                it -> it.contains("ended with status 137"));
        await().atMost(SOON).ignoreExceptions()
                .until(() -> three.smellAt(before.height()).equals(before.smell()));
        assertThat(launcher.process("member-3").orElseThrow().pid()).isNotEqualTo(killed);
        assertThat(launcher.run("logs", "member-3").orFail()).contains("cheesecoin: member-3 ended with status 137");

        launcher.keeper("member-3").orElseThrow().destroyForcibly();
        await().until(() -> launcher.keeper("member-3").isEmpty());
        assertThat(launcher.run("status").orFail()).contains("If member-3 ends, nobody starts it again");
        assertThat(three.smellAt(before.height())).isEqualTo(before.smell());
        mineOn(List.of());
    }

    @Test
    @Order(9)
    void stopsWithinSecondsAndGoesOnWithOneMemberMore() throws IOException {
        awaitOneTip(all);
        Tip before = one.tip();
        try (InputStream events = one.openEvents()) {
            mineOn(List.of(two));
            assertThat(Member.readUntil(events, "event:cheese")).contains("id:");
            mineOn(List.of());
            long startNanos = System.nanoTime();
            launcher.run("down").orFail();
            assertThat(Duration.ofNanos(System.nanoTime() - startNanos)).isLessThan(Duration.ofSeconds(15));
        }
        assertThat(List.of("tracker", "member-1", "member-2", "member-3"))
                .allSatisfy(name -> assertThat(launcher.process(name)).isEmpty())
                .allSatisfy(name -> assertThat(launcher.keeper(name)).isEmpty());

        assertThat(launcher.run("up", "4").orFail()).contains("member-4");

        List<Member> four = new ArrayList<>(all);
        four.add(launcher.member(4));
        awaitHeight(before.height() + 3, four);
        assertThat(four).allSatisfy(member -> assertThat(member.smellAt(before.height())).isEqualTo(before.smell()));
        assertThat(launcher.run("down").orFail()).contains("Stopped");
        launcher.run("clean").orFail();
        assertThat(launcher.home().resolve("member-1")).doesNotExist();
    }

    private void assertMoney(long feesOnTheWay) {
        Members.assertMoney(NETWORK, all, feesOnTheWay);
    }

    private Map<Member, Balance> balances() {
        Map<Member, Balance> balances = new LinkedHashMap<>();
        all.forEach(member -> balances.put(member, member.balance()));
        return balances;
    }

    private void awaitFunds(Member member) {
        mineOn(all);
        await().atMost(SOON).until(() -> member.balance().spendable() > FUNDS);
    }

    /** Lets these mine and no others. */
    private void mineOn(List<Member> miners) {
        all.forEach(member -> member.mine(miners.contains(member)));
    }

    /** Takes members 1 and 2 and member 3 apart: with the tracker gone, nobody tells them of each other again. */
    private void cut() {
        String third = three.nodeId();
        await("the cut").atMost(SOON).pollInterval(Duration.ofMillis(300)).until(() -> {
            for (Member member : List.of(one, two)) {
                member.owner("DELETE", "/peers/" + third, "");
                three.owner("DELETE", "/peers/" + member.nodeId(), "");
            }
            return three.knownIds().isEmpty()
                    && three.linkedIds().isEmpty()
                    && List.of(one, two).stream().noneMatch(it -> it.knownIds().contains(third));
        });
    }
}
