package org.cheesecoin.member.mining;

import java.io.IOException;
import java.time.Duration;

import org.cheesecoin.membertest.SettableClock;
import org.cheesecoin.membertest.TestMember;
import org.cheesecoin.webtest.Http.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The tip is ahead of the machine's clock: it is said at once, everywhere, and nothing is mined for nothing. */
@ExtendWith(OutputCaptureExtension.class)
class ClockHttpTest {

    private static final long HOUR = 3_600_000;
    /** Far below the 20 s that the loop is waited for. */
    private static final Duration AT_ONCE = Duration.ofSeconds(5);

    private final SettableClock clock = new SettableClock();
    private TestMember member;

    @AfterEach
    void stop() {
        member.close();
    }

    @Test
    void onDemandMiningSaysAtOnceThatTheTipIsAheadOfTheClock(CapturedOutput log) throws IOException {
        member = TestMember.startWith(clock, "cheesecoin.index.enabled=false");
        member.mine(2);
        long tipMillis = member.get("/node").json().get("tip").get("timeMillis").longValue();
        clock.setAhead(-HOUR);

        long beforeNanos = System.nanoTime();
        Answer answer = member.call("POST", "/mining/cheeses", "{\"count\":3}");
        assertThat(Duration.ofNanos(System.nanoTime() - beforeNanos)).isLessThan(AT_ONCE);
        assertThat(answer.problem()).isEqualTo("not-ready");
        assertThat(answer.json().get("detail").stringValue()).contains("HDR-TIME-EARLY");
        JsonNode values = answer.json().get("values");
        assertThat(values.get("rule").stringValue()).isEqualTo("HDR-TIME-EARLY");
        assertThat(values.get("parentTimeMillis").stringValue()).isEqualTo(Long.toString(tipMillis));
        assertThat(Long.parseLong(values.get("clockMillis").stringValue())).isLessThan(tipMillis - HOUR / 2);

        JsonNode reason = member.get("/node").json().get("whyNoCheese").get(0);
        assertThat(reason.get("code").stringValue()).isEqualTo("clock-behind-tip");
        assertThat(reason.get("values").get("parentTimeMillis").stringValue()).isEqualTo(Long.toString(tipMillis));
        assertThat(member.http().get("/actuator/health/readiness").status()).isEqualTo(200);
        await().untilAsserted(() -> assertThat(log).containsOnlyOnce("No cheese can come: HDR-TIME-EARLY"));
        await().untilAsserted(() -> assertThat(tipAgeSeconds()).isLessThan(-HOUR / 2_000.0));

        clock.setAhead(0);
        assertThat(member.mine(1)).hasSize(1);
        assertThat(member.get("/node").json().get("whyNoCheese").isEmpty()).isTrue();
        assertThat(log).containsOnlyOnce("No cheese can come").contains("cheeses can come again");
    }

    private double tipAgeSeconds() {
        return member.http().get("/actuator/prometheus").response().body().lines()
                .filter(it -> it.startsWith("cheesecoin_tip_age_seconds"))
                .mapToDouble(it -> Double.parseDouble(it.substring(it.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theScheduleWaitsForTheClockAndSaysSo(CapturedOutput log) throws IOException {
        // An hour after the last cheese the target is so easy that one comes soon.
        clock.setAhead(HOUR);
        member = TestMember.startWith(clock, "cheesecoin.network=local", "cheesecoin.index.enabled=false");
        member.call("PUT", "/mining", "{\"enabled\":true,\"hashesPerSecond\":0}");
        await().atMost(Duration.ofSeconds(60)).until(() -> height() > 0);
        clock.setAhead(0);

        await().until(() -> member.get("/mining").json().has("waitsFor"));
        JsonNode waits = member.get("/mining").json().get("waitsFor");
        assertThat(waits.get("rule").stringValue()).isEqualTo("HDR-TIME-EARLY");
        assertThat(waits.get("values").get("clockMillis").stringValue()).isNotEmpty();
        int height = height();
        long hashes = member.get("/mining").json().get("totalHashes").longValue();
        await().during(Duration.ofMillis(5 * Miner.SLICE_MILLIS)).until(
                () -> member.get("/mining").json().get("totalHashes").longValue() == hashes && height() == height);
        assertThat(log.getOut().lines().filter(it -> it.contains("Mined cheese")).count()).isEqualTo(height);

        assertThat(member.call("PUT", "/mining", "{\"enabled\":false}").json().has("waitsFor")).isFalse();
    }

    private int height() {
        return member.get("/cheeses/tip").json().get("height").intValue();
    }
}
