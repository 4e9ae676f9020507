package org.cheesecoin.tracker.registry;

import java.time.InstantSource;
import java.util.Optional;

import org.cheesecoin.chain.consensus.Moment;
import org.cheesecoin.chain.crypto.Signature;
import org.cheesecoin.chain.crypto.SignatureScheme;
import org.cheesecoin.chain.wire.NodeId;
import org.cheesecoin.chain.wire.Proofs;
import org.cheesecoin.chain.wire.TrackerProofs;
import org.cheesecoin.chain.wire.TrackerRequest;
import org.cheesecoin.chain.wire.TrackerRequest.LeaseRequest;
import org.cheesecoin.chain.wire.TrackerRequest.LeaveRequest;
import org.cheesecoin.chain.wire.TrackerRequest.ReportRequest;
import org.cheesecoin.chain.wire.TrackerUrl;
import org.cheesecoin.web.MonotonicClock;

/** The registry's calls with their signatures: cheap checks first, then the signature, then the registry. */
public final class SignedCalls {

    private final Registry registry;
    private final SignatureScheme signatures;
    private final TrackerNames names;
    private final InstantSource clock;
    private final MonotonicClock steady;

    /** With the names of this tracker, any of which may be signed. */
    public SignedCalls(
            Registry registry,
            SignatureScheme signatures,
            TrackerNames names,
            InstantSource clock,
            MonotonicClock steady) {
        this.registry = registry;
        this.signatures = signatures;
        this.names = names;
        this.clock = clock;
        this.steady = steady;
    }

    /**
     * A signed call as it came in.
     *
     * @param request what is asked
     * @param issuedAtMillis the signer's clock
     * @param signature over both: see {@link TrackerProofs}
     * @param saidUrl under which URL the signer says that it knows this tracker, if it says so; nothing rests on it
     * @param address where it comes from
     * @param <T> which call
     */
    public record Call<T extends TrackerRequest>(
            T request, long issuedAtMillis, Signature signature, Optional<TrackerUrl> saidUrl, String address) {}

    /** Gives or renews a lease. */
    public Answer<LeaseGrant> register(Call<LeaseRequest> call) {
        Moment now = now();
        Optional<Refusal> refusal = check(call, now).or(() -> checkPeerRecord(call.request(), now));
        return refusal.isPresent()
                ? Answer.refused(refusal.get())
                : registry.register(call.request(), call.address(), call.issuedAtMillis(), now);
    }

    /** Ends a lease. */
    public Answer<NodeId> leave(Call<LeaveRequest> call) {
        Moment now = now();
        Optional<Refusal> refusal = check(call, now);
        return refusal.isPresent()
                ? Answer.refused(refusal.get())
                : registry.leave(call.request(), call.issuedAtMillis(), now);
    }

    /** Notes that a member is said not to answer. */
    public Answer<NodeId> report(Call<ReportRequest> call) {
        Moment now = now();
        Optional<Refusal> refusal = check(call, now);
        return refusal.isPresent()
                ? Answer.refused(refusal.get())
                : registry.report(call.request(), call.issuedAtMillis(), now);
    }

    private Optional<Refusal> check(Call<?> call, Moment now) {
        return IssuedTimes.checkClock(call.issuedAtMillis(), now.clockMillis(), toleranceMillis())
                .or(() -> checkSignature(call));
    }

    private Optional<Refusal> checkSignature(Call<?> call) {
        if (names.urls().stream().anyMatch(url -> isSignedFor(url, call))) {
            return Optional.empty();
        }
        Refusal refusal = call.saidUrl()
                .filter(it -> isSignedFor(it.text(), call))
                .<Refusal>map(Refusal.OtherTracker::new)
                .orElseGet(Refusal.BadSignature::new);
        return Optional.of(refusal);
    }

    private boolean isSignedFor(String url, Call<?> call) {
        return TrackerProofs.verify(signatures, url, call.request(), call.issuedAtMillis(), call.signature());
    }

    /** Others will trust the record, and a time far ahead would stand against every later one. */
    private Optional<Refusal> checkPeerRecord(LeaseRequest request, Moment now) {
        long issuedAtMillis = request.peerRecord().issuedAtMillis();
        if (issuedAtMillis > now.clockMillis() + toleranceMillis()) {
            return Optional.of(new Refusal.ClockDiffers(now.clockMillis(), issuedAtMillis, toleranceMillis()));
        }
        return Proofs.checkPeerRecord(signatures, request.peerRecord()).map(Refusal.BadPeerRecord::new);
    }

    private Moment now() {
        return new Moment(clock.millis(), steady.millis());
    }

    private long toleranceMillis() {
        return registry.limits().clockToleranceMillis();
    }
}
