package org.cheesecoin.member.peering;

import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.cheesecoin.chain.crypto.Signature;
import org.cheesecoin.chain.crypto.SignatureScheme;
import org.cheesecoin.chain.node.Input;
import org.cheesecoin.chain.node.NodeStatus;
import org.cheesecoin.chain.node.PeerStatus;
import org.cheesecoin.chain.wire.NodeId;
import org.cheesecoin.chain.wire.PeerRecord;
import org.cheesecoin.chain.wire.TrackerProofs;
import org.cheesecoin.chain.wire.TrackerRequest;
import org.cheesecoin.chain.wire.TrackerRequest.LeaseRequest;
import org.cheesecoin.chain.wire.TrackerRequest.LeaveRequest;
import org.cheesecoin.member.node.BackgroundWork;
import org.cheesecoin.member.node.Mailbox;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/**
 * Keeps a lease at each tracker and hands the peers that it tells of to the node. A tracker that is gone is asked again
 * for ever; nothing else of a member depends on it.
 */
public final class TrackerClient implements BackgroundWork {

    private static final Logger LOG = LoggerFactory.getLogger(TrackerClient.class);
    private static final long FIRST_RENEWAL_MILLIS = 2_000;
    private static final long RENEWAL_MILLIS = 10_000;
    /** Says which URL was signed: a tracker of another name can say so then. */
    private static final String TRACKER_URL_HEADER = "CheeseCoin-Tracker-Url";
    private static final long LEAVE_MILLIS = 2_000;
    /** What trackers tolerate between their clock and a request's time. */
    static final long TOLERATED_MILLIS = 60_000;

    private final RestClient http;
    private final SignatureScheme signatures;
    private final NodeKey nodeKey;
    private final Mailbox mailbox;
    private final InstantSource clock;
    private final List<URI> trackers;
    private final Trackers standings;
    private final String version;
    private final AtomicLong lastIssuedMillis = new AtomicLong();
    private final ScheduledExecutorService scheduler;

    TrackerClient(
            RestClient http,
            SignatureScheme signatures,
            NodeKey nodeKey,
            Mailbox mailbox,
            InstantSource clock,
            Trackers standings,
            String version) {
        this.http = http;
        this.signatures = signatures;
        this.nodeKey = nodeKey;
        this.mailbox = mailbox;
        this.clock = clock;
        this.standings = standings;
        this.trackers = List.copyOf(standings.standings().keySet());
        this.version = version;
        // A thread for each, or one that does not answer would keep the others waiting beyond their leases.
        this.scheduler = Executors.newScheduledThreadPool(
                Math.max(1, trackers.size()), Thread.ofPlatform().name("tracker-", 0).daemon().factory());
    }

    /** Registers at once, and renews from then on. */
    @Override
    public void begin() {
        for (URI tracker : trackers) {
            scheduler.execute(() -> renew(tracker));
        }
    }

    private void renew(URI tracker) {
        long nextMillis = RENEWAL_MILLIS;
        try {
            NodeStatus status = mailbox.call(access -> access.node().status()).join();
            Optional<PeerRecord> own = status.ownRecord();
            if (own.isPresent()) {
                TrackerCall.Lease lease = register(tracker, own.get(), status);
                standings.answered(tracker, lease, own.get().url());
                mailbox.handle(new Input.PeersLearned(recordsOf(lease), tracker.toString()));
                // Until it has dialled us it tells nobody of us, and others may have come meanwhile.
                nextMillis = lease.listed() && !status.peers().isEmpty() ? RENEWAL_MILLIS : FIRST_RENEWAL_MILLIS;
            }
        } catch (RestClientException | IllegalArgumentException e) {
            standings.failed(tracker, TrackerProblem.line(tracker, e));
            nextMillis = FIRST_RENEWAL_MILLIS;
        } catch (RuntimeException e) {
            LOG.debug("No lease at {} now", tracker, e);
        } catch (Error e) {
            // what a scheduled task throws would end the leases at this tracker without a word
            LOG.error("No lease at {} now", tracker, e);
        }
        if (!scheduler.isShutdown()) {
            scheduler.schedule(() -> renew(tracker), nextMillis, TimeUnit.MILLISECONDS);
        }
    }

    private TrackerCall.Lease register(URI tracker, PeerRecord own, NodeStatus status) {
        List<NodeId> connectedTo = status.peers().stream()
                .map(PeerStatus::nodeId)
                .limit(LeaseRequest.MAX_CONNECTED)
                .toList();
        LeaseRequest request = new LeaseRequest(
                own, version, status.tip().smell(), status.tip().height(), connectedTo);
        long issuedAtMillis = nextIssuedMillis();
        TrackerCall.Lease lease = http.put()
                .uri(tracker + "/peers/{nodeId}", nodeKey.id().toHex())
                .header(TRACKER_URL_HEADER, tracker.toString())
                .contentType(MediaType.APPLICATION_JSON)
                .body(TrackerCall.LeaseBody.of(request, issuedAtMillis, sign(tracker, request, issuedAtMillis)))
                .retrieve()
                .body(TrackerCall.Lease.class);
        if (lease == null) {
            throw new IllegalArgumentException("the tracker's answer is empty");
        }
        return lease;
    }

    private static List<PeerRecord> recordsOf(TrackerCall.Lease lease) {
        return lease.peers().stream().flatMap(it -> it.toRecord().stream()).toList();
    }

    /** Tells every tracker that this member is gone, so that nobody is sent to it. */
    private void leave(URI tracker) {
        try {
            LeaveRequest request = new LeaveRequest(nodeKey.id());
            long issuedAtMillis = nextIssuedMillis();
            http.delete()
                    .uri(
                            tracker + "/peers/{nodeId}?issuedAtMillis={time}&signature={signature}",
                            nodeKey.id().toHex(),
                            issuedAtMillis,
                            sign(tracker, request, issuedAtMillis).toHex())
                    .header(TRACKER_URL_HEADER, tracker.toString())
                    .retrieve()
                    .toBodilessEntity();
        } catch (RestClientException e) {
            LOG.debug("Tracker {} was not told that we leave", tracker, e);
        }
    }

    private Signature sign(URI tracker, TrackerRequest request, long issuedAtMillis) {
        return TrackerProofs.sign(
                signatures, nodeKey.privateKey(), tracker.toString(), request, issuedAtMillis);
    }

    private long nextIssuedMillis() {
        return lastIssuedMillis.updateAndGet(last -> nextIssuedMillis(last, clock.millis()));
    }

    /**
     * Trackers want each request's time to be later than the last one's, and near their own. Where the clock was set back by
     * more than they tolerate, the clock counts: they forget the last time after a while.
     */
    static long nextIssuedMillis(long lastMillis, long clockMillis) {
        return lastMillis - clockMillis > TOLERATED_MILLIS ? clockMillis : Math.max(lastMillis + 1, clockMillis);
    }

    @Override
    public void end() {
        scheduler.shutdownNow();
        try (var leaving = Executors.newVirtualThreadPerTaskExecutor()) {
            trackers.forEach(tracker -> leaving.execute(() -> leave(tracker)));
            leaving.shutdown();
            if (!leaving.awaitTermination(LEAVE_MILLIS, TimeUnit.MILLISECONDS)) {
                leaving.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
