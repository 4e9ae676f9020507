package org.cheesecoin.web.end;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Which death of a thread is the end of all. */
class DeadlyErrorsTest {

    private final List<String> reasons = new CopyOnWriteArrayList<>();

    private void die(Error of) throws InterruptedException {
        Thread thread = Thread.ofPlatform().name("victim").unstarted(() -> {
            throw of;
        });
        thread.setUncaughtExceptionHandler(new DeadlyErrors(reasons::add));
        thread.start();
        thread.join();
    }

    @Test
    void memoryThatRanOutIs() throws InterruptedException {
        die(new OutOfMemoryError("Direct buffer memory"));

        assertThat(reasons).singleElement().asString().contains("victim").contains("Direct buffer memory");
    }

    @Test
    void aStackThatWasTooDeepAndABugAreNot() throws InterruptedException {
        die(new StackOverflowError());
        die(new AssertionError("a bug, for a test"));

        assertThat(reasons).isEmpty();
    }
}
