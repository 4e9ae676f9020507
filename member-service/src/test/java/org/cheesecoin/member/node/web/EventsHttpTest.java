package org.cheesecoin.member.node.web;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.membertest.EventReader;
import org.cheesecoin.membertest.EventReader.Event;
import org.cheesecoin.membertest.TestMember;
import org.cheesecoin.webtest.Http.Answer;
import org.cheesecoin.webtest.Raw;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The stream of events, over real HTTP. */
class EventsHttpTest {

    private static final long SHORT_SECONDS = 5;
    /** Together more than Linux lets the buffers of a connection grow to. */
    private static final int LONG_EVENTS = 100;
    private static final int LONG_EVENT_CHARS = 100_000;

    private TestMember member;

    @BeforeEach
    void start() throws IOException {
        member = TestMember.start();
    }

    @AfterEach
    void stop() {
        member.close();
    }

    private HttpRequest.Builder stream() {
        return member.http().request("/events").header("Accept", "text/event-stream").GET();
    }

    @Test
    void tellsOfCheesesAndTransactions() throws InterruptedException {
        try (EventReader reader = EventReader.open(stream())) {
            List<String> smells = member.mine(11);
            Event cheese = reader.next("cheese");
            assertThat(cheese.data().get("smell").stringValue()).isEqualTo(smells.getFirst());
            assertThat(cheese.data().get("height").intValue()).isEqualTo(1);
            assertThat(cheese.data().get("onBestBranch").booleanValue()).isTrue();

            Payment payment = member.payAll(member.cheese(smells.getFirst()), TestKeys.key(2));
            member.submit(payment);
            Event pending = reader.next("transaction");
            assertThat(pending.data().get("txid").stringValue()).isEqualTo(payment.txid().toHex());
            assertThat(pending.data().get("state").stringValue()).isEqualTo("pending");
            assertThat(pending.data().get("feeCrumbs").longValue()).isEqualTo(TestMember.FEE_CRUMBS);
            member.mine(1);
            assertThat(reader.next("transaction").data().get("state").stringValue()).isEqualTo("confirmed");
        }
    }

    @Test
    void resumesAfterTheLastEventThatWasSeen() throws InterruptedException {
        String last;
        try (EventReader reader = EventReader.open(stream())) {
            member.mine(1);
            last = reader.next("cheese").id();
        }
        List<String> missed = member.mine(2);
        try (EventReader reader = EventReader.open(stream().header("Last-Event-ID", last))) {
            assertThat(reader.next("cheese").data().get("smell").stringValue()).isEqualTo(missed.get(0));
            assertThat(reader.next("cheese").data().get("smell").stringValue()).isEqualTo(missed.get(1));
        }
    }

    @Test
    void saysResetToAnIdThatItDoesNotKnow() throws InterruptedException {
        for (String id : List.of("0123456789ab-4", "nonsense")) {
            try (EventReader reader = EventReader.open(stream().header("Last-Event-ID", id))) {
                reader.next("reset");
                String smell = member.mine(1).getFirst();
                assertThat(reader.next("cheese").data().get("smell").stringValue()).isEqualTo(smell);
            }
        }
    }

    @Test
    void oneAddressHasItsShareOfStreamsAndOthersHaveTheirs() throws IOException {
        List<EventReader> readers = new ArrayList<>();
        try (Raw other = unread()) {
            for (int i = 0; i < EventStreams.MAX_STREAMS_OF_ADDRESS; i++) {
                readers.add(EventReader.open(stream()));
            }
            Answer answer = member.http().send(stream());
            assertThat(answer.status()).isEqualTo(429);
            assertThat(answer.problem()).isEqualTo("too-many-requests");
            assertThat(answer.header("Retry-After")).isNotEmpty();
            assertThat(status(other)).isEqualTo("200");
        } finally {
            readers.forEach(EventReader::close);
        }
    }

    @Test
    void askingForTheHeadOnlyTakesNoPlace() throws IOException {
        for (int i = 0; i < 2 * EventStreams.MAX_STREAMS_OF_ADDRESS; i++) {
            assertThat(Raw.say(port(), "HEAD /events HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 200").contains("text/event-stream");
        }
        EventReader.open(stream()).close();
    }

    /** Each has more waiting than the buffers of both ends take, so that its thread stands in the middle of a write. */
    @Test
    void readersThatDoNotReadKeepNobodyWaitingAndGiveTheirPlacesBack() throws IOException, InterruptedException {
        List<Raw> silent = new ArrayList<>();
        EventRing ring = member.context().getBean(EventLog.class).ring();
        try (EventReader reader = EventReader.open(stream())) {
            for (int i = 0; i < EventStreams.MAX_STREAMS_OF_ADDRESS; i++) {
                silent.add(unread());
                assertThat(status(silent.getLast())).isEqualTo("200");
            }
            try (Raw other = unread()) {
                assertThat(status(other)).isEqualTo("429");
            }
            String longReason = "x".repeat(LONG_EVENT_CHARS);
            for (int i = 0; i < LONG_EVENTS; i++) {
                ring.add(new NodeEvent.PeerMoved(Optional.empty(), "banned", Optional.of(longReason)));
                assertThat(reader.next("peer").data().get("reason").stringValue()).isEqualTo(longReason);
            }
            String smell = member.mine(1).getFirst();
            assertThat(reader.next("cheese").data().get("smell").stringValue()).isEqualTo(smell);
        } finally {
            for (Raw raw : silent) {
                raw.reset();
            }
        }
        await().untilAsserted(() -> {
            try (Raw next = unread()) {
                assertThat(status(next)).isEqualTo("200");
            }
        });
    }

    private Raw unread() throws IOException {
        Raw raw = Raw.from("127.0.0.2", port());
        raw.socket().setReceiveBufferSize(1_024);
        return raw.send("GET /events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
    }

    private static String status(Raw raw) throws IOException {
        byte[] line = raw.socket().getInputStream().readNBytes("HTTP/1.1 200".length());
        return new String(line, StandardCharsets.US_ASCII).substring("HTTP/1.1 ".length());
    }

    private int port() {
        return ((ServletWebServerApplicationContext) member.context()).getWebServer().getPort();
    }

    @Test
    void anOpenStreamDoesNotHoldTheShutdown() throws InterruptedException {
        try (EventReader reader = EventReader.open(stream())) {
            long before = System.nanoTime();
            member.context().close();
            assertThat(reader.endsWithin(SHORT_SECONDS)).isTrue();
            assertThat(System.nanoTime() - before).isLessThan(SHORT_SECONDS * 1_000_000_000L);
        }
    }
}
