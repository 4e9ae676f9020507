package org.cheesecoin.member.peering;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.chain.node.Input;
import org.cheesecoin.chain.node.LinkEnd;
import org.cheesecoin.chain.node.LinkId;
import org.cheesecoin.chain.wire.GossipUrl;
import org.cheesecoin.chain.wire.Message;
import org.cheesecoin.chain.wire.MessageCodec;
import org.cheesecoin.member.node.Mailbox;
import org.cheesecoin.web.MonotonicClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All WebSockets of this member, by the numbers that the node knows them by. */
final class Connections {

    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);
    private static final int MAX_REASON_CHARS = 100;

    private final Mailbox mailbox;
    private final Answers answers;
    private final GossipTraffic traffic;
    private final GossipLimits limits;
    private final MonotonicClock clock;
    private final IncomingPools pools;
    private final Map<LinkId, Entry> entries = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();
    private volatile Encoded lastSent = Encoded.of(new Message.GetPeers());

    private record Entry(Connection connection, Receiving receiving, Asked asked, Optional<GossipUrl> dialled) {

        private boolean isOfOthers() {
            return dialled.isEmpty() && !connection.isClosed();
        }

        private Places.Holder holder() {
            return Places.Holder.of(connection.link().number(), connection.socket().remoteAddress(),
                    connection.phase());
        }
    }

    private record Encoded(Message message, byte[] frame) {
        private static Encoded of(Message message) {
            return new Encoded(message, MessageCodec.encode(message));
        }
    }

    /** Whether there was a place for a connection. */
    enum Opened {
        TAKEN,
        NO_PLACE
    }

    Connections(Mailbox mailbox, Answers answers, GossipTraffic traffic, GossipLimits limits, MonotonicClock clock) {
        this.mailbox = mailbox;
        this.answers = answers;
        this.traffic = traffic;
        this.limits = limits;
        this.clock = clock;
        this.pools = new IncomingPools(limits);
    }

    /** Somebody dialled this member. Where all places are taken, one of the most crowded address gives way. */
    void openInbound(GossipSocket socket) {
        Entry entry = entry(socket, Optional.empty());
        synchronized (this) {
            if (entries.values().stream().filter(Entry::isOfOthers).count() >= limits.places()) {
                Optional<Places.Holder> given = Places
                        .givesWay(entries.values().stream().filter(Entry::isOfOthers).map(Entry::holder).toList());
                if (given.isEmpty()) {
                    socket.close();
                    return;
                }
                withLink(new LinkId(given.get().number()), it -> it.connection().close());
            }
            entries.put(entry.connection().link(), entry);
        }
        run(entry);
    }

    /** This member dialled. */
    Opened openDialled(GossipSocket socket, GossipUrl url) {
        Entry entry = entry(socket, Optional.of(url));
        synchronized (this) {
            if (entries.values().stream().filter(it -> it.dialled().isPresent()).count() >= limits.dialledPlaces()) {
                return Opened.NO_PLACE;
            }
            entries.put(entry.connection().link(), entry);
        }
        run(entry);
        return Opened.TAKEN;
    }

    private Entry entry(GossipSocket socket, Optional<GossipUrl> dialled) {
        LinkId link = new LinkId(numbers.incrementAndGet());
        Connection connection = new Connection(link, socket, limits, clock, traffic);
        Asked asked = new Asked();
        Receiving receiving = new Receiving(connection, asked, pools, mailbox, traffic, clock, limits);
        connection.whenClosed(() -> {
            receiving.wake();
            answers.wake();
        });
        return new Entry(connection, receiving, asked, dialled);
    }

    /** Reads and sends on two threads of its own. The node hears first that it is open, and last that it is closed. */
    private void run(Entry entry) {
        Connection connection = entry.connection();
        Thread.ofVirtual().name("read-" + connection.link()).start(() -> {
            mailbox.handleOfLink(new Input.LinkOpened(
                    connection.link(), connection.socket().remoteAddress(), entry.dialled()));
            Thread.ofVirtual().name("send-" + connection.link()).start(() -> {
                try {
                    connection.sendAll();
                } finally {
                    entries.remove(connection.link());
                    mailbox.handleOfLink(new Input.LinkClosed(connection.link(), connection.end()));
                }
            });
            entry.receiving().readAll();
        });
    }

    /** What is told to all peers is encoded once, and its bytes are shared by all their queues. Called on the loop only. */
    private byte[] encoded(Message message) {
        Encoded last = lastSent;
        if (last.message() != message) {
            last = Encoded.of(message);
            lastSent = last;
        }
        return last.frame();
    }

    /** Sends a message. A peer that does not take what it is sent is dropped (NET-SLOW). */
    void send(LinkId link, Message message) {
        withLink(link, entry -> {
            entry.asked().sent(message);
            if (entry.connection().offer(encoded(message)) == Connection.Offered.QUEUE_FULL) {
                Violation slow = Violation.of(Rule.NET_SLOW).with("queueBytes", limits.queuedBytes());
                entry.connection().endsFor(new LinkEnd.Ours(slow));
                close(link, slow);
            }
        });
    }

    /** Has something done for a link, if it is there. */
    void answer(LinkId link, Consumer<Connection> answer) {
        withLink(link, entry -> answer.accept(entry.connection()));
    }

    /** The other end is proved to be a peer: it may send larger frames from now on. */
    void joined(LinkId link) {
        withLink(link, entry -> entry.connection().joined());
    }

    /** Closes after what was sent before, if that goes fast enough. */
    void close(LinkId link, Violation reason) {
        withLink(link, entry -> {
            String message = reason.message();
            String text = message.substring(0, Math.min(MAX_REASON_CHARS, message.length()));
            entry.connection().finish(CloseCode.POLICY_VIOLATION, asciiOnly(text));
        });
    }

    /** Closes all, as before a new start of the node. */
    void closeAll() {
        entries.values().forEach(entry -> entry.connection().finish(CloseCode.GOING_AWAY, ""));
    }

    /** Closes those that should be further by now. */
    void closeOverdue() {
        for (Entry entry : entries.values()) {
            // NET-SLOW: a peer takes what it is sent before its queue is full. NET-TIMEOUT: an answer comes in time.
            if (entry.connection().isSlow()) {
                end(entry, Rule.NET_SLOW);
            } else if (entry.connection().isOverdue() || entry.receiving().isOverdue()) {
                end(entry, Rule.NET_TIMEOUT);
            }
        }
    }

    private void end(Entry entry, Rule rule) {
        LOG.debug("{} is overdue: {}", entry.connection().link(), rule.id());
        entry.connection().endsFor(new LinkEnd.Ours(Violation.of(rule)));
        entry.connection().close();
    }

    private void withLink(LinkId link, Consumer<Entry> work) {
        Entry entry = entries.get(link);
        if (entry != null) {
            work.accept(entry);
        }
    }

    // A close frame holds 123 bytes of UTF-8; with one byte for each character there is nothing to count.
    private static String asciiOnly(String text) {
        return text.replaceAll("[^\\x20-\\x7e]", "?");
    }
}
