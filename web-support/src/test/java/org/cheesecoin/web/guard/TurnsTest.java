package org.cheesecoin.web.guard;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

@Timeout(20)
class TurnsTest {

    private static final String CROWD = "10.0.0.1";
    private static final String OTHER = "10.0.0.2";
    private static final long LONG_MILLIS = 60_000;

    private static Thread waits(Turns turns, String address, Runnable atWork) {
        Thread thread = Thread.ofPlatform().daemon().start(() -> {
            if (!turns.begin(address, LONG_MILLIS)) {
                return;
            }
            try {
                atWork.run();
            } finally {
                turns.end(address);
            }
        });
        await().pollInterval(Duration.ofMillis(1)).until(() -> thread.getState() == Thread.State.TIMED_WAITING
                || thread.getState() == Thread.State.WAITING
                || thread.getState() == Thread.State.TERMINATED);
        return thread;
    }

    @Test
    void oneAddressHasItsTurnsAndOthersHaveTheirs() {
        Turns turns = new Turns(new Share(3, 2));

        assertThat(turns.begin(CROWD, 0)).isTrue();
        assertThat(turns.begin(CROWD, 0)).isTrue();
        assertThat(turns.begin(CROWD, 0)).isFalse();
        assertThat(turns.begin(OTHER, 0)).isTrue();
    }

    @Test
    void allHaveSoManyTogether() {
        Turns turns = new Turns(new Share(3, 2));
        assertThat(turns.begin(CROWD, 0)).isTrue();
        assertThat(turns.begin(CROWD, 0)).isTrue();
        assertThat(turns.begin(OTHER, 0)).isTrue();

        assertThat(turns.begin("10.0.0.3", 0)).isFalse();
        turns.end(CROWD);
        assertThat(turns.begin("10.0.0.3", 0)).isTrue();
    }

    @Test
    void aTurnThatDidNotComeInTimeTakesNothing() {
        Turns turns = new Turns(new Share(2, 1));
        assertThat(turns.begin(CROWD, 0)).isTrue();

        for (int i = 0; i < 10; i++) {
            assertThat(turns.begin(CROWD, 1)).isFalse();
        }
        turns.end(CROWD);
        assertThat(turns.begin(CROWD, 0)).isTrue();
        assertThat(turns.begin(OTHER, 0)).isTrue();
    }

    @Test
    void whoIsSentAwayWhileItWaitsTakesNothing() throws InterruptedException {
        Turns turns = new Turns(new Share(1, 1));
        assertThat(turns.begin(CROWD, 0)).isTrue();
        Thread sameLine = waits(turns, CROWD, () -> {});
        Thread otherLine = waits(turns, OTHER, () -> {});

        sameLine.interrupt();
        otherLine.interrupt();
        sameLine.join();
        otherLine.join();

        turns.end(CROWD);
        assertThat(turns.begin(OTHER, 0)).isTrue();
        turns.end(OTHER);
        assertThat(turns.begin(CROWD, 0)).isTrue();
    }

    @Test
    void aNewcomerWaitsForOneTurnOfACrowdAndNotForAllThatItHasWaiting() throws InterruptedException {
        Turns turns = new Turns(new Share(4, 4));
        for (int i = 0; i < 4; i++) {
            assertThat(turns.begin("10.0.1." + i, 0)).isTrue();
        }
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch served = new CountDownLatch(1);
        for (int i = 0; i < 4; i++) {
            waits(turns, CROWD, () -> awaitQuietly(never));
        }
        waits(turns, OTHER, served::countDown);

        turns.end("10.0.1.0");
        turns.end("10.0.1.1");
        served.await();
        never.countDown();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aTurnThatNobodyHasIsNotGivenBack() {
        Turns turns = new Turns(new Share(1, 1));

        assertThatThrownBy(() -> turns.end(OTHER)).isInstanceOf(IllegalStateException.class);
        assertThat(turns.begin(CROWD, 0)).isTrue();
        assertThat(turns.begin(OTHER, 0)).isFalse();
    }
}
