package org.cheesecoin.tracker.registry;

import java.time.InstantSource;
import java.util.Optional;

import org.cheesecoin.chain.crypto.Signature;
import org.cheesecoin.chain.crypto.SignatureScheme;
import org.cheesecoin.chain.wire.NodeId;
import org.cheesecoin.chain.wire.Proofs;
import org.cheesecoin.chain.wire.TrackerProofs;
import org.cheesecoin.chain.wire.TrackerRequest;
import org.cheesecoin.chain.wire.TrackerRequest.LeaseRequest;
import org.cheesecoin.chain.wire.TrackerRequest.LeaveRequest;
import org.cheesecoin.chain.wire.TrackerRequest.ReportRequest;

/** The registry's calls with their signatures: cheap checks first, then the signature, then the registry. */
public final class SignedCalls {

    private final Registry registry;
    private final SignatureScheme signatures;
    private final TrackerNames names;
    private final InstantSource clock;

    /** With the names of this tracker, any of which may be signed. */
    public SignedCalls(
            Registry registry,
            SignatureScheme signatures,
            TrackerNames names,
            InstantSource clock) {
        this.registry = registry;
        this.signatures = signatures;
        this.names = names;
        this.clock = clock;
    }

    /**
     * A signed call as it came in.
     *
     * @param request what is asked
     * @param issuedAtMillis the signer's clock
     * @param signature over both: see {@link TrackerProofs}
     * @param address where it comes from
     * @param <T> which call
     */
    public record Call<T extends TrackerRequest>(
            T request, long issuedAtMillis, Signature signature, String address) {}

    /** Gives or renews a lease. */
    public Answer<LeaseGrant> register(Call<LeaseRequest> call) {
        long nowMillis = clock.millis();
        Optional<Refusal> refusal = check(call, nowMillis).or(() -> checkPeerRecord(call.request(), nowMillis));
        return refusal.isPresent()
                ? Answer.refused(refusal.get())
                : registry.register(call.request(), call.address(), call.issuedAtMillis(), nowMillis);
    }

    /** Ends a lease. */
    public Answer<NodeId> leave(Call<LeaveRequest> call) {
        long nowMillis = clock.millis();
        Optional<Refusal> refusal = check(call, nowMillis);
        return refusal.isPresent()
                ? Answer.refused(refusal.get())
                : registry.leave(call.request(), call.issuedAtMillis(), nowMillis);
    }

    /** Notes that a member is said not to answer. */
    public Answer<NodeId> report(Call<ReportRequest> call) {
        long nowMillis = clock.millis();
        Optional<Refusal> refusal = check(call, nowMillis);
        return refusal.isPresent()
                ? Answer.refused(refusal.get())
                : registry.report(call.request(), call.issuedAtMillis(), nowMillis);
    }

    private Optional<Refusal> check(Call<?> call, long nowMillis) {
        return IssuedTimes.checkClock(call.issuedAtMillis(), nowMillis, toleranceMillis())
                .or(() -> checkSignature(call));
    }

    private Optional<Refusal> checkSignature(Call<?> call) {
        boolean genuine = names.urls().stream().anyMatch(url -> TrackerProofs.verify(
                signatures, url, call.request(), call.issuedAtMillis(), call.signature()));
        return genuine ? Optional.empty() : Optional.of(new Refusal.BadSignature());
    }

    /** Others will trust the record, and a time far ahead would stand against every later one. */
    private Optional<Refusal> checkPeerRecord(LeaseRequest request, long nowMillis) {
        long issuedAtMillis = request.peerRecord().issuedAtMillis();
        if (issuedAtMillis > nowMillis + toleranceMillis()) {
            return Optional.of(new Refusal.ClockDiffers(nowMillis, issuedAtMillis, toleranceMillis()));
        }
        return Proofs.checkPeerRecord(signatures, request.peerRecord()).map(Refusal.BadPeerRecord::new);
    }

    private long toleranceMillis() {
        return registry.limits().clockToleranceMillis();
    }
}
