package org.cheesecoin.system.strangers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HexFormat;
import java.util.List;
import java.util.function.IntFunction;

import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.crypto.Signature;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.chain.testing.TestKeys.TestKey;
import org.cheesecoin.chain.wire.GossipUrl;
import org.cheesecoin.chain.wire.NodeId;
import org.cheesecoin.chain.wire.PeerRecord;
import org.cheesecoin.chain.wire.Proofs;
import org.cheesecoin.chain.wire.TrackerProofs;
import org.cheesecoin.chain.wire.TrackerRequest.LeaseRequest;
import org.cheesecoin.chain.wire.TrackerRequest.ReportRequest;

/** Signed calls of a tracker, as any key can sign them: for URLs that never answer, for those of others, or forged. */
final class TrackerCalls {

    private static final int LINES = 4;
    private static final int CALLS = 500;

    private TrackerCalls() {}

    static List<Attack> all() {
        return List.of(
                Attack.onTracker("tracker: leases for URLs that never answer", TrackerCalls::silentUrls),
                Attack.onTracker("tracker: leases of many ids at a member's URL", TrackerCalls::urlOfAMember),
                Attack.onTracker("tracker: leases with forged signatures", TrackerCalls::forged),
                Attack.onTracker("tracker: reports by nobody", TrackerCalls::reports));
    }

    /** A port that takes connections and never says a word, while the attack lasts. */
    private static ServerSocket silence() {
        try {
            return new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void silentUrls(Aim aim, Hands hands) throws IOException {
        try (ServerSocket silence = silence()) {
            leases(aim, hands, number -> "ws://127.%d.%d.%d:%d/gossip".formatted(
                    20 + number / 60_000, number / 250 % 250, 1 + number % 250, silence.getLocalPort()));
            hands.stay();
        }
    }

    private static void urlOfAMember(Aim aim, Hands hands) {
        leases(aim, hands, _ -> "ws://127.0.0.1:%d/gossip".formatted(aim.memberPort()));
    }

    private static void leases(Aim aim, Hands hands, IntFunction<String> url) {
        hands.side(LINES, worker -> hands.again(CALLS, number -> {
            TestKey key = TestKeys.key(Forgeries.number());
            LeaseRequest lease = lease(aim.networkId(), key, url.apply(worker * CALLS + number));
            long now = System.currentTimeMillis();
            call(aim, hands, "PUT", "/peers/" + lease.nodeId(), json(lease, now, TrackerProofs.sign(
                    TestKeys.SCHEME, key.privateKey(), trackerUrl(aim), lease, now)));
        }));
    }

    private static String trackerUrl(Aim aim) {
        return "http://127.0.0.1:" + aim.trackerPort();
    }

    private static void forged(Aim aim, Hands hands) {
        LeaseRequest lease = lease(aim.networkId(), TestKeys.key(Forgeries.number()), "ws://127.0.0.1:1/gossip");
        Signature forged = TestKeys.SCHEME.sign(TestKeys.key(1).privateKey(), Forgeries.hash());
        hands.side(LINES, _ -> hands.again(CALLS, _ -> call(aim, hands, "PUT", "/peers/" + lease.nodeId(),
                json(lease, System.currentTimeMillis(), forged))));
    }

    private static void reports(Aim aim, Hands hands) {
        TestKey key = TestKeys.key(Forgeries.number());
        NodeId nobody = new NodeId(key.publicKey());
        hands.side(LINES, _ -> hands.again(CALLS, _ -> {
            long now = System.currentTimeMillis();
            Signature signature = TrackerProofs.sign(TestKeys.SCHEME, key.privateKey(), trackerUrl(aim),
                    new ReportRequest(nobody, nobody), now);
            call(aim, hands, "POST", "/peers/" + nobody + "/reports",
                    "{\"reporterId\": \"%s\", \"issuedAtMillis\": %d, \"signature\": \"%s\"}".formatted(
                            nobody, now, HexFormat.of().formatHex(signature.toBytes())));
        }));
    }

    private static LeaseRequest lease(Smell networkId, TestKey key, String url) {
        PeerRecord record = Proofs.signPeerRecord(TestKeys.SCHEME, key.privateKey(), networkId, new GossipUrl(url),
                System.currentTimeMillis());
        return new LeaseRequest(record, "0.1.0", new Smell(Forgeries.hash()), 1, List.of());
    }

    private static String json(LeaseRequest lease, long issuedAtMillis, Signature signature) {
        return """
                {"networkId": "%s", "gossipUrl": "%s", "version": "%s", "tip": {"smell": "%s", "height": %d},
                "connectedTo": [], "peerRecord": {"issuedAtMillis": %d, "signature": "%s"},
                "issuedAtMillis": %d, "signature": "%s"}""".formatted(
                lease.networkId(), lease.gossipUrl(), lease.version(), lease.tipSmell(), lease.tipHeight(),
                lease.peerRecord().issuedAtMillis(), lease.peerRecord().signature(), issuedAtMillis, signature);
    }

    private static void call(Aim aim, Hands hands, String method, String path, String body) throws IOException {
        Line line = hands.dial(aim.trackerPort());
        line.write(Requests.head(method, aim.trackerPort(), path, body.length(), "application/json") + body);
        String _ = line.readHead();
        hands.drop(line);
    }
}
