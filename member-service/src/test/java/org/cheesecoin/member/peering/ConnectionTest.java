package org.cheesecoin.member.peering;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

import org.cheesecoin.chain.node.LinkEnd;
import org.cheesecoin.chain.node.LinkId;
import org.cheesecoin.member.node.FairBytes;
import org.cheesecoin.member.settings.MemoryPlan;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A link that does not take what it is sent, or does not become a peer, ends by the clock. */
class ConnectionTest {

    private static final GossipLimits LIMITS = GossipLimits.of(new MemoryPlan(MemoryPlan.LAUNCHER_HEAP_BYTES));

    private final AtomicLong nowMillis = new AtomicLong(1_000_000);
    private final FairBytes pool = new FairBytes(1_000_000);
    private final StuckSocket socket = new StuckSocket();
    private final Connection connection = new Connection(
            new LinkId(1), socket, LIMITS, nowMillis::get, new GossipTraffic());

    @AfterEach
    void end() {
        connection.close();
    }

    @Test
    void isOverdueTenSecondsAfterItOpenedUnlessItBecameAPeer() {
        nowMillis.addAndGet(LIMITS.handshakeMillis());
        assertThat(connection.isOverdue()).isFalse();
        nowMillis.incrementAndGet();
        assertThat(connection.isOverdue()).isTrue();

        connection.joined();
        assertThat(connection.isOverdue()).isFalse();
    }

    @Test
    void takesMessagesUpToItsQueueAndOneHoweverLarge() {
        connection.joined();
        assertThat(connection.offer(new byte[2_000_000])).isEqualTo(Connection.Offered.QUEUED);
        assertThat(connection.offer(new byte[1])).isEqualTo(Connection.Offered.QUEUE_FULL);
    }

    @Test
    void holdsNoMoreThanItsQueueOfSmallMessages() {
        connection.joined();
        int queued = 0;
        while (connection.offer(new byte[1_000]) == Connection.Offered.QUEUED) {
            queued++;
        }
        assertThat(queued).isEqualTo(LIMITS.queuedBytes() / 1_000 + 1);
    }

    @Test
    void isOverdueWhenAnAnswerIsNotTakenInItsTime() throws Exception {
        connection.joined();
        CompletableFuture<Connection.Offered> answer = answer(1_000_000);
        nowMillis.addAndGet(LIMITS.sendMillis() + 1_000_000 / 50);
        assertThat(connection.isOverdue()).isFalse();
        nowMillis.incrementAndGet();
        assertThat(connection.isOverdue()).isTrue();

        connection.close();
        assertThat(answer.join()).isEqualTo(Connection.Offered.CLOSED);
        assertThat(socket.isClosed.getCount()).isZero();
    }

    @Test
    void isOverdueSoonerWhileOthersWaitForWhatItHolds() throws Exception {
        connection.joined();
        FairBytes.Grant held = pool.take(1_000_000, () -> true).orElseThrow();
        answer(1_000_000);
        Thread another = Thread.ofVirtual().start(() -> pool.take(1, () -> true));
        await().until(pool::isShort);
        nowMillis.addAndGet(LIMITS.shortMillis() + 1_000);
        assertThat(connection.isOverdue()).isFalse();
        nowMillis.incrementAndGet();
        assertThat(connection.isOverdue()).isTrue();

        held.release();
        another.join();
        assertThat(connection.isOverdue()).isFalse();
    }

    @Test
    void anAnswerThatWaitsBehindMessagesHoldsWhatAllShareNoLongerThanOneThatIsWritten() throws Exception {
        connection.joined();
        connection.offer(new byte[1]);
        connection.offer(new byte[1]);
        FairBytes.Grant held = pool.take(1_000_000, () -> true).orElseThrow();
        Thread answer = Thread.ofVirtual().start(() -> connection.sendAnswer(
                new byte[1], new byte[999_997], new Connection.Draws.OnPool(pool)));
        await().until(() -> answer.getState() == Thread.State.WAITING);
        Thread.ofVirtual().start(connection::sendAll);
        socket.isWriting.await();
        Thread another = Thread.ofVirtual().start(() -> pool.take(1, () -> true));
        await().until(pool::isShort);

        nowMillis.addAndGet(LIMITS.shortMillis() + 1_000);
        assertThat(connection.isOverdue()).isFalse();
        nowMillis.incrementAndGet();
        assertThat(connection.isOverdue()).isTrue();

        held.release();
        another.join();
    }

    @Test
    void isOverdueWhenItsPongIsNotTaken() throws Exception {
        connection.joined();
        connection.pong(new byte[1]);
        Thread.ofVirtual().start(connection::sendAll);
        socket.isWriting.await();
        nowMillis.addAndGet(LIMITS.sendMillis());
        assertThat(connection.isOverdue()).isFalse();
        nowMillis.incrementAndGet();
        assertThat(connection.isOverdue()).isTrue();
    }

    @Test
    void doesNotWaitForTheOtherEndsGoodbyeForLong() {
        connection.joined();
        connection.finish(CloseCode.NORMAL, "");
        nowMillis.addAndGet(LIMITS.goodbyeMillis() + 1);
        assertThat(connection.isOverdue()).isTrue();
        assertThat(connection.offer(new byte[1])).isEqualTo(Connection.Offered.CLOSED);
    }

    @Test
    void answersOnlyTheNewestOfPingsThatWait() throws Exception {
        socket.mayWrite.countDown();
        connection.joined();
        for (int i = 0; i < 1_000; i++) {
            connection.pong(new byte[]{(byte) i});
        }
        Thread sender = Thread.ofVirtual().start(connection::sendAll);
        await().until(() -> socket.writes.get() == 1);
        connection.finish(CloseCode.NORMAL, "");
        connection.goodbyeHeard(new LinkEnd.Unsaid());
        sender.join();

        assertThat(socket.writes).hasValue(2);
    }

    private CompletableFuture<Connection.Offered> answer(int bytes) throws InterruptedException {
        Thread.ofVirtual().start(connection::sendAll);
        CompletableFuture<Connection.Offered> answer = CompletableFuture.supplyAsync(
                () -> connection.sendAnswer(new byte[1], new byte[bytes - 1], new Connection.Draws.OnPool(pool)),
                Thread.ofVirtual()::start);
        socket.isWriting.await();
        return answer;
    }
}
