package org.cheesecoin.member.peering;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Nobody reads at its other end before the test says so: who writes to it waits until then, or until it is closed. */
final class StuckSocket implements GossipSocket {

    final CountDownLatch isWriting = new CountDownLatch(1);
    final CountDownLatch mayWrite = new CountDownLatch(1);
    final CountDownLatch isClosed = new CountDownLatch(1);
    final AtomicInteger writes = new AtomicInteger();

    @Override
    public Side side() {
        return Side.LISTENER;
    }

    @Override
    public String remoteAddress() {
        return "127.0.0.1";
    }

    @Override
    public int read(ByteBuffer buffer) {
        return -1;
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
        isWriting.countDown();
        try {
            mayWrite.await();
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts who sends", e);
        }
        if (isClosed.getCount() == 0) {
            throw new IOException("closed");
        }
        writes.incrementAndGet();
        bytes.position(bytes.limit());
    }

    @Override
    public void close() {
        isClosed.countDown();
        mayWrite.countDown();
    }
}
