package org.cheesecoin.chain.wire;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import org.cheesecoin.chain.cheese.MalformedException;
import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.testing.HostTable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The one definition of a host, against the table of protocol.md and against the clients that dial it. */
class HostTest {

    private static final String ALPHABET = "ab1290-._:%x[]";

    @Test
    void takesTheHostsOfThePageAndNoOthers() {
        assertThat(HostTable.rows()).allSatisfy(row -> assertThat(Host.faultOf(row.host()).isEmpty())
                .as("%s: %s", row.host(), Host.faultOf(row.host()))
                .isEqualTo(row.isTaken()));
    }

    @Test
    void takesTheSameHostsInGossipUrlsAndUrlsOfTrackers() {
        assertThat(HostTable.rows()).allSatisfy(row -> {
            assertThat(GossipUrl.faultOf("ws://" + row.host() + ":8081/gossip").isEmpty()).isEqualTo(row.isTaken());
            assertThat(GossipUrl.faultOf("wss://" + row.host() + ":1/gossip").isEmpty()).isEqualTo(row.isTaken());
            assertThat(TrackerUrl.faultOf("http://" + row.host() + ":8080").isEmpty()).isEqualTo(row.isTaken());
            assertThat(TrackerUrl.faultOf("https://" + row.host()).isEmpty()).isEqualTo(row.isTaken());
        });
    }

    @Test
    void refusesAHelloAndLeavesOutARecordWithAnyOtherHost() {
        RandomMessages messages = new RandomMessages(7);
        for (HostTable.Row row : HostTable.rows()) {
            String url = row.gossipUrl();
            // a stranger's own program writes what it likes into a frame that was made with another host as long
            GossipUrl good = new GossipUrl("ws://" + "h".repeat(row.host().length()) + ":8081/gossip");
            byte[] hello = MessageCodec.encode(messages.hello(Optional.of(good)));
            byte[] peers = MessageCodec.encode(new Message.Peers(List.of(new PeerRecord(
                    messages.smell(), messages.nodeId(), good, 1, messages.signature()))));
            Outcome<Message> said = MessageCodec.decode(replaced(hello, good.text(), url));
            assertThat(said instanceof Outcome.Passed).as(url).isEqualTo(row.isTaken());
            Message told = MessageCodec.decode(replaced(peers, good.text(), url)).orElseThrow();
            assertThat(told).isInstanceOfSatisfying(Message.Peers.class, it -> {
                assertThat(it.records()).as(url).hasSize(row.isTaken() ? 1 : 0);
                assertThat(it.unusable()).as(url).hasSize(row.isTaken() ? 0 : 1);
            });
        }
    }

    private static byte[] replaced(byte[] frame, String from, String to) {
        byte[] changed = frame.clone();
        int at = new String(frame, StandardCharsets.ISO_8859_1).indexOf(from);
        byte[] bytes = to.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(bytes, 0, changed, at, bytes.length);
        return changed;
    }

    @Test
    void isNoWiderThanTheClientsBehindIt() throws URISyntaxException {
        Random random = new Random(11);
        int taken = 0;
        for (int i = 0; i < 300_000; i++) {
            StringBuilder text = new StringBuilder();
            int length = 1 + random.nextInt(9);
            for (int at = 0; at < length; at++) {
                text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
            }
            String host = random.nextBoolean() ? text.toString() : "[" + text + "]";
            if (Host.faultOf(host).isEmpty()) {
                taken++;
                assertThat(new URI("ws://" + host + ":8081/gossip").getHost()).isEqualTo(host);
                assertThat(new URI("http://" + host).getHost()).isEqualTo(host);
            }
        }
        assertThat(taken).isGreaterThan(10_000);
    }

    @Test
    void saysWhatIsWrong() {
        assertThatThrownBy(() -> new GossipUrl("ws://member_1:8081/gossip"))
                .isInstanceOfSatisfying(MalformedException.class, it -> {
                    assertThat(it.violation().rule()).isEqualTo(Rule.ENC_VALUE);
                    assertThat(it.violation().message()).contains("a host's name has no '_'; use '-'");
                });
        assertThat(GossipUrl.faultOf("ws://a:0/gossip")).hasValue("a port is from 1 to 65535, no zero before it");
        assertThat(GossipUrl.faultOf("ws://a:65536/gossip")).isPresent();
        assertThat(GossipUrl.faultOf("ws://a:080/gossip")).isPresent();
        assertThat(GossipUrl.faultOf("ws://a:80/else")).isPresent();
        assertThat(GossipUrl.faultOf("ws://me@a:80/gossip")).isPresent();
        assertThat(GossipUrl.faultOf("WS://a:80/gossip")).isPresent();
    }

    @Test
    void aNameAndItsPartsHaveALargestLength() {
        String label = "a".repeat(Host.MAX_LABEL_CHARS);
        assertThat(Host.faultOf(label)).isEmpty();
        assertThat(Host.faultOf(label + "a")).isPresent();
        String name = label + "." + label + "." + "b".repeat(Host.MAX_NAME_CHARS - 2 * Host.MAX_LABEL_CHARS - 2);
        assertThat(Host.faultOf(name)).isEmpty();
        assertThat(Host.faultOf(name + "b")).isPresent();
        assertThat(new GossipUrl("wss://" + name + ":65535/gossip").text()).hasSize(GossipUrl.MAX_CHARS);
    }

    @Test
    void knowsWhichHostsAreEveryMachineItself() {
        assertThat(List.of("localhost", "LOCALHOST", "a.localhost", "127.0.0.1", "127.9.8.7", "[::1]",
                "[0:0:0:0:0:0:0:1]"))
                .allMatch(it -> new Host(it).isLoopback());
        assertThat(List.of("member-1", "192.168.1.20", "[::2]", "127.example", "localhost.example", "mylocalhost"))
                .noneMatch(it -> new Host(it).isLoopback());
    }

    @Test
    void aTrackerMayStandBehindAPrefixAndWithoutAPort() {
        assertThat(new TrackerUrl("https://example.org/coin/tracker/").text())
                .isEqualTo("https://example.org/coin/tracker");
        assertThat(new TrackerUrl("http://[::1]:8080").host()).isEqualTo(new Host("[::1]"));
        assertThat(List.of("ftp://a", "http://", "http://a:0", "http://a?x", "http://a#x", "http://u@a", "http://a b",
                "http://a/b c", "a:8080", "http:///a", "http://a/../b/%20"))
                .allMatch(it -> TrackerUrl.faultOf(it).isPresent());
        assertThat(TrackerUrl.faultOf("http://a/" + "b".repeat(TrackerUrl.MAX_CHARS - 9))).isEmpty();
        assertThat(TrackerUrl.faultOf("http://a/" + "b".repeat(TrackerUrl.MAX_CHARS - 8))).isPresent();
    }
}
