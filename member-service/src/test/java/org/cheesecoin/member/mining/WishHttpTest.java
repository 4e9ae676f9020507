package org.cheesecoin.member.mining;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.cheesecoin.membertest.TestMember;
import org.cheesecoin.webtest.Http.Answer;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Whatever the owner wishes, a slice of mining ends in time, what is counted was done, and off is off. */
class WishHttpTest {

    /** Most that a wish of 10^12 may be counted for in these tests: far beyond any machine, far below the wish. */
    private static final long IMPOSSIBLE_HASHES = 10_000_000_000L;

    @Test
    void aWishBeyondAnyMachineIsBoundedByTimeAndOffIsOff() throws IOException {
        try (TestMember member = TestMember.start("cheesecoin.network=local", "cheesecoin.index.enabled=false")) {
            member.call("PUT", "/mining", "{\"enabled\":true,\"hashesPerSecond\":1000000000000}");
            await().until(() -> total(member) > 0);
            long before = total(member);
            await().atMost(Duration.ofSeconds(2)).until(() -> total(member) > before);

            long beforeNanos = System.nanoTime();
            JsonNode off = member.call("PUT", "/mining", "{\"enabled\":false}").json();
            assertThat(Duration.ofNanos(System.nanoTime() - beforeNanos)).isLessThan(Duration.ofSeconds(2));

            assertThat(off.get("measuredHashesPerSecond").longValue()).isBetween(1L, IMPOSSIBLE_HASHES);
            long after = off.get("totalHashes").longValue();
            assertThat(after).isLessThan(IMPOSSIBLE_HASHES);
            int height = height(member);
            await().during(Duration.ofMillis(5 * Miner.SLICE_MILLIS))
                    .until(() -> total(member) == after && height(member) == height);
        }
    }

    @Test
    void noCheeseComesAfterTheAnswerOff() throws IOException {
        try (TestMember member = TestMember.start("cheesecoin.network=local", "cheesecoin.index.enabled=false")) {
            for (int i = 0; i < 3; i++) {
                int before = height(member);
                member.call("PUT", "/mining", "{\"enabled\":true,\"hashesPerSecond\":0}");
                await().atMost(Duration.ofSeconds(60)).until(() -> height(member) > before);
                member.call("PUT", "/mining", "{\"enabled\":false}");
                int height = height(member);
                await().during(Duration.ofMillis(300)).until(() -> height(member) == height);
            }
        }
    }

    @Test
    void offAlsoEndsARequestThatMinesOnDemand() throws IOException {
        try (TestMember member = TestMember.start("cheesecoin.index.enabled=false")) {
            CompletableFuture<Answer> thousand = CompletableFuture.supplyAsync(
                    () -> member.call("POST", "/mining/cheeses", "{\"count\":1000}"));
            await().until(() -> height(member) > 0);

            assertThat(member.call("PUT", "/mining", "{\"enabled\":false}").status()).isEqualTo(200);
            int height = height(member);

            assertThat(height).isLessThan(1_000);
            assertThat(thousand.join().problem()).isEqualTo("not-ready");
            assertThat(thousand.join().json().get("detail").stringValue())
                    .contains("After " + height + " of 1000 cheeses").contains("switched off");
            assertThat(height(member)).isEqualTo(height);
            assertThat(member.mine(1)).as("a new request is served").hasSize(1);
        }
    }

    private static long total(TestMember member) {
        return member.get("/mining").json().get("totalHashes").longValue();
    }

    private static int height(TestMember member) {
        return member.get("/cheeses/tip").json().get("height").intValue();
    }
}
