package org.cheesecoin.member.mining;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;

import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.consensus.StackedHeader;
import org.cheesecoin.chain.testing.CheeseFactory;
import org.cheesecoin.member.mining.HandIn.Fate;
import org.cheesecoin.member.node.Mailbox;
import org.cheesecoin.membertest.TestMember;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** A cheese of ours and a loop that hangs: what nobody waits for any more never comes. */
class HandInTest {

    private static final long LONG_MILLIS = 60_000;

    private static TestMember member;
    private static Mailbox mailbox;
    private static HandIn handIn;

    @BeforeAll
    static void start() throws IOException {
        member = TestMember.start("cheesecoin.index.enabled=false");
        mailbox = member.context().getBean(Mailbox.class);
        handIn = member.context().getBean(HandIn.class);
    }

    @AfterAll
    static void stop() {
        member.close();
    }

    /** Keeps the loop from going on until it is closed. */
    private static final class Hang implements AutoCloseable {

        private final CountDownLatch isOver = new CountDownLatch(1);
        private final CountDownLatch hasBegun = new CountDownLatch(1);

        Hang() {
            mailbox.call(_ -> {
                hasBegun.countDown();
                try {
                    isOver.await();
                } catch (InterruptedException e) {
                    throw new AssertionError("nobody interrupts the loop", e);
                }
                return 0;
            });
        }

        Hang begun() throws InterruptedException {
            hasBegun.await();
            return this;
        }

        @Override
        public void close() {
            isOver.countDown();
        }
    }

    private static StackedHeader tip() {
        return mailbox.call(access -> access.node().stack().tip()).join();
    }

    private static Cheese next() {
        return CheeseFactory.empty(TestMember.NETWORK, tip(), TestMember.MINER.address());
    }

    /** Hands it in, and waits until it lies in the mailbox of a loop that hangs. */
    private static CompletableFuture<Fate> give(Cheese cheese) {
        int before = mailbox.depth();
        CompletableFuture<Fate> fate = CompletableFuture.supplyAsync(() -> {
            try {
                return handIn.give(cheese, LONG_MILLIS);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        await().until(() -> mailbox.depth() > before);
        return fate;
    }

    private static boolean isKept(Cheese cheese) {
        return mailbox.call(access -> access.node().holds(cheese.smell())
                || access.node().stack().header(cheese.smell()).isPresent()).join();
    }

    @Test
    void isTheTipWhereNothingStandsAgainstIt() throws InterruptedException {
        Cheese cheese = next();

        assertThat(handIn.give(cheese, LONG_MILLIS)).isEqualTo(new Fate.Tip());
        assertThat(tip().smell()).isEqualTo(cheese.smell());
    }

    @Test
    void isNotTakenAfterTheAnswerOff() throws InterruptedException {
        Cheese cheese = next();
        try (Hang _ = new Hang().begun()) {
            CompletableFuture<Fate> fate = give(cheese);

            assertThat(member.call("PUT", "/mining", "{\"enabled\":false}").status()).isEqualTo(200);
            assertThat(fate.join()).isEqualTo(new Fate.LetGo());
        }
        assertThat(isKept(cheese)).isFalse();
    }

    @Test
    void isNotTakenAfterItsTime() throws InterruptedException {
        Cheese cheese = next();
        try (Hang _ = new Hang().begun()) {
            assertThat(handIn.give(cheese, 1)).isEqualTo(new Fate.LetGo());
        }
        assertThat(isKept(cheese)).isFalse();
    }

    @Test
    void isWaitedForWhereTheLoopTookIt() throws Exception {
        Cheese cheese = next();
        CompletableFuture<Fate> fate;
        Hang second;
        try (Hang _ = new Hang().begun()) {
            fate = give(cheese);
            second = new Hang();
        }
        try (second) {
            second.begun();
            handIn.withdrawAll();
            assertThatThrownBy(() -> handIn.awaitDecided(1)).isInstanceOf(TimeoutException.class);
            assertThat(fate).isNotDone();
        }
        handIn.awaitDecided(LONG_MILLIS);
        assertThat(fate.join()).isEqualTo(new Fate.Tip());
        assertThat(isKept(cheese)).isTrue();
    }

    @Test
    void isLetGoWhereTheLoopStartsAgainWithoutIt() throws InterruptedException {
        Cheese cheese = next();
        CompletableFuture<Fate> fate;
        try (Hang _ = new Hang().begun()) {
            fate = give(cheese);
            mailbox.call(access -> {
                access.write(_ -> {});
                throw new IllegalStateException("a turn of the loop fails, as this test wants it");
            });
        }
        assertThat(fate.join()).isEqualTo(new Fate.LetGo());
        await().until(() -> !isKept(cheese));
    }
}
