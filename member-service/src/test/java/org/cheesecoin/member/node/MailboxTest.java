package org.cheesecoin.member.node;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.cheesecoin.chain.node.Input;
import org.cheesecoin.chain.node.LinkId;
import org.cheesecoin.chain.wire.Message;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What links bring has bounds, in bytes for all and in messages for each, and stands before no user. */
class MailboxTest {

    private static final int MESSAGE_BYTES = 100;

    private final Mailbox mailbox = new Mailbox(1_000, 500L * MESSAGE_BYTES);
    private final AtomicBoolean isOpen = new AtomicBoolean(true);

    @Test
    void aUsersCallIsTakenBeforeAllThatLinksSent() throws Exception {
        for (int i = 0; i < 300; i++) {
            mailbox.handleOfLink(new Input.LinkClosed(new LinkId(i)));
        }
        mailbox.call(LoopAccess::clockMillis);

        List<LoopTask> batch = mailbox.take(1_000, 10);

        assertThat(batch).hasSize(10);
        assertThat(batch.getFirst()).isInstanceOf(LoopTask.Call.class);
    }

    @Test
    void usersLeaveAQuarterToLinks() throws Exception {
        for (int i = 0; i < 100; i++) {
            mailbox.call(LoopAccess::clockMillis);
            mailbox.handleOfLink(new Input.LinkClosed(new LinkId(i)));
        }

        assertThat(mailbox.take(1_000, 40)).filteredOn(LoopTask.Call.class::isInstance).hasSize(30);
        assertThat(mailbox.take(1_000, 200)).hasSize(160);
        assertThat(mailbox.take(0, 200)).isEmpty();
        assertThat(mailbox.depth()).isZero();
    }

    @Test
    void oneLinkFillsItsOwnShareOnly() throws Exception {
        AtomicInteger ofOne = new AtomicInteger();
        Thread one = messages(mailbox.shareOfLink(isOpen::get), ofOne, 200);
        await().until(() -> one.getState() == Thread.State.WAITING);
        assertThat(ofOne).hasValue(LinkShare.MAX_MESSAGES);

        AtomicInteger ofAnother = new AtomicInteger();
        Thread another = messages(mailbox.shareOfLink(isOpen::get), ofAnother, 10);
        another.join();
        assertThat(ofAnother).hasValue(10);

        takeAll();
        await().until(() -> ofOne.get() == 2 * LinkShare.MAX_MESSAGES);
        isOpen.set(false);
        takeAll();
        one.join();
    }

    @Test
    void allLinksTogetherHaveSoManyBytes() throws Exception {
        List<Thread> links = new ArrayList<>();
        AtomicInteger all = new AtomicInteger();
        for (int i = 0; i < 20; i++) {
            links.add(messages(mailbox.shareOfLink(isOpen::get), all, LinkShare.MAX_MESSAGES));
        }
        await().until(() -> links.stream().allMatch(it -> it.getState() == Thread.State.WAITING
                || it.getState() == Thread.State.TERMINATED));
        assertThat(all).hasValue(500);

        await().until(() -> {
            takeAll();
            return links.stream().noneMatch(Thread::isAlive);
        });
        assertThat(all).hasValue(20 * LinkShare.MAX_MESSAGES);
    }

    @Test
    void aLinkThatIsClosedWaitsNoMore() throws Exception {
        LinkShare share = mailbox.shareOfLink(isOpen::get);
        AtomicInteger count = new AtomicInteger();
        Thread link = messages(share, count, 200);
        await().until(() -> link.getState() == Thread.State.WAITING);

        isOpen.set(false);
        share.wake();

        link.join();
        assertThat(count).hasValue(LinkShare.MAX_MESSAGES);
    }

    /** As its reader does: room first, then the message. */
    private Thread messages(LinkShare share, AtomicInteger handedIn, int count) {
        return Thread.ofPlatform().start(() -> {
            for (int i = 0; i < count; i++) {
                share.take(MESSAGE_BYTES).ifPresent(room -> {
                    mailbox.handle(new Input.MessageReceived(new LinkId(1), new Message.Ping(1), MESSAGE_BYTES), room);
                    handedIn.incrementAndGet();
                });
            }
        });
    }

    private void takeAll() throws InterruptedException {
        mailbox.take(0, 1_000).forEach(task -> {
            if (task instanceof LoopTask.Handle(Input _, Runnable done)) {
                done.run();
            }
        });
    }
}
