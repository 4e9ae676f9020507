package org.cheesecoin.webtest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Calls that stay at work until they are let go: what a controller of a test does to fill a limit of calls at work. */
public final class HeldCalls {

    private static final int MANY = 10_000;

    private final Semaphore leave = new Semaphore(0);
    private final AtomicInteger atWork = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    /** Is at work until {@link #letGo} lets it go. */
    public String hold() {
        most.accumulateAndGet(atWork.incrementAndGet(), Math::max);
        leave.acquireUninterruptibly();
        atWork.decrementAndGet();
        return "held";
    }

    /** How many are at work. */
    public int atWork() {
        return atWork.get();
    }

    /** How many were at work at once. */
    public int most() {
        return most.get();
    }

    /** Lets so many go. */
    public void letGo(int calls) {
        leave.release(calls);
    }

    /** Begins such a call, the only one of its connection. */
    public static Raw begin(String address, int port, String path) throws IOException {
        return Raw.from(address, port)
                .send("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
    }

    /** Fills a limit, and sees that one address and all of them are told to come again where theirs is full. */
    public void fill(int port, String path, int all, int each) throws IOException {
        List<Raw> held = new ArrayList<>();
        try {
            for (int i = 0; i < each; i++) {
                held.add(begin("127.0.0.1", port, path));
            }
            await().untilAsserted(() -> assertThat(atWork()).isEqualTo(each));
            Raw ofTheSame = begin("127.0.0.1", port, path);
            for (int i = each; i < all; i++) {
                held.add(begin("127.0.0." + (2 + i), port, path));
            }
            await().untilAsserted(() -> assertThat(atWork()).isEqualTo(all));
            Raw ofAnother = begin("127.0.0.99", port, path);
            for (Raw refused : List.of(ofTheSame, ofAnother)) {
                assertThat(refused.rest()).startsWith("HTTP/1.1 503").contains("Retry-After")
                        .contains("urn:cheesecoin:problem:not-ready");
                refused.close();
            }
            assertThat(most()).isEqualTo(all);
            letGo(all);
            for (Raw raw : held) {
                assertThat(raw.rest()).startsWith("HTTP/1.1 200").endsWith("held");
            }
        } finally {
            for (Raw raw : held) {
                raw.close();
            }
            endAll();
        }
    }

    /** Lets all go, so that whoever begins such calls next holds them again. */
    public void endAll() {
        letGo(MANY);
        await().untilAsserted(() -> assertThat(atWork()).isZero());
        leave.drainPermits();
        most.set(0);
    }
}
