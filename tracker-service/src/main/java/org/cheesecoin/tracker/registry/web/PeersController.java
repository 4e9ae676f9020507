package org.cheesecoin.tracker.registry.web;

import java.util.Optional;

import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.wire.TrackerRequest.LeaveRequest;
import org.cheesecoin.chain.wire.TrackerRequest.ReportRequest;
import org.cheesecoin.chain.wire.TrackerUrl;
import org.cheesecoin.tracker.registry.Registry;
import org.cheesecoin.tracker.registry.SignedCalls;
import org.cheesecoin.tracker.registry.SignedCalls.Call;
import org.cheesecoin.tracker.registry.TrackerNames;
import org.cheesecoin.web.Callers;
import org.cheesecoin.web.MonotonicClock;
import org.cheesecoin.web.Parameters;
import org.cheesecoin.web.Problem;
import org.cheesecoin.web.Problems;
import org.cheesecoin.web.Refusal;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;

/** Registering, leaving, asking for members, and reporting one that does not answer. */
@RestController
@RequestMapping(path = "/peers", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Peers", description = "Leases of members. Signed calls carry the node key's signature over "
        + "tagged(tracker URL, method, all the fields, issuedAtMillis): see protocol.md, section 9")
class PeersController {

    /** Most members of one answer. */
    static final int MAX_LIMIT = 100;

    /** The URL that a member signs for, so that a tracker of another name can say so. */
    static final String TRACKER_URL_HEADER = "CheeseCoin-Tracker-Url";

    private static final long MAX_TIME_MILLIS = (1L << 53) - 1;

    private final SignedCalls calls;
    private final Registry registry;
    private final TrackerNames names;
    private final MonotonicClock clock;

    PeersController(SignedCalls calls, Registry registry, TrackerNames names, MonotonicClock clock) {
        this.calls = calls;
        this.registry = registry;
        this.names = names;
        this.clock = clock;
    }

    @Operation(operationId = "registerMember", summary = "Register or renew a lease",
            description = "Gives a lease of 30 s, to be renewed well before its end, and a random sample of others. "
                    + "The member is listed as soon as a dial of the tracker has proved its id at its URL.")
    @ApiResponse(responseCode = "200", description = "The lease")
    @Problems({Problem.BAD_SIGNATURE, Problem.OTHER_TRACKER_URL, Problem.CLOCK_DIFFERS, Problem.BAD_PEER_RECORD,
            Problem.NOT_LATER, Problem.URL_TAKEN, Problem.TRACKER_FULL})
    @PutMapping(path = "/{nodeId}", consumes = MediaType.APPLICATION_JSON_VALUE)
    LeaseView register(
            @Parameter(description = "The member's id, 66 hex digits",
                    example = Examples.NODE_ID) @PathVariable String nodeId,
            @RequestBody LeaseBody body,
            HttpServletRequest request) {
        var lease = body.toRequest(Parameters.nodeId("nodeId", nodeId));
        var call = new Call<>(
                lease,
                time(body.issuedAtMillis()),
                body.toSignature(),
                saidUrl(request),
                Callers.of(request));
        return LeaseView.of(RegistryProblems.grantedOrThrow(calls.register(call), names.urls()));
    }

    @Operation(operationId = "samplePeers", summary = "A random sample of a network's listed members")
    @ApiResponse(responseCode = "200", description = "The sample, empty where nobody is listed")
    @GetMapping
    PeersView sample(
            @Parameter(description = "The network's id, 64 hex digits",
                    example = Examples.NETWORK_ID) @RequestParam String network,
            @Parameter(description = "At most so many, from 1 to 100",
                    schema = @Schema(type = "integer", format = "int32", minimum = "1", maximum = "100",
                            defaultValue = "20")) @RequestParam(defaultValue = "20") int limit) {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw Refusal.invalid("limit", limit, "from 1 to " + MAX_LIMIT);
        }
        Smell networkId = Parameters.smell("network", network);
        return PeersView.of(registry.sample(networkId, limit, clock.millis()));
    }

    @Operation(operationId = "leaveNetwork", summary = "Leave",
            description = "Ends the lease at once. Signed as the other calls.")
    @ApiResponse(responseCode = "204", description = "The lease is ended")
    @Problems({Problem.BAD_SIGNATURE, Problem.OTHER_TRACKER_URL, Problem.CLOCK_DIFFERS, Problem.NOT_LATER,
            Problem.UNKNOWN_MEMBER})
    @DeleteMapping("/{nodeId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void leave(
            @Parameter(description = "The member's id, 66 hex digits",
                    example = Examples.NODE_ID) @PathVariable String nodeId,
            @Parameter(description = "The member's clock, in milliseconds since 1970",
                    schema = @Schema(type = "integer", format = "int64", minimum = "0", maximum = Examples.MAX_TIME),
                    example = Examples.TIME) @RequestParam long issuedAtMillis,
            @Parameter(description = "128 hex digits", example = Examples.SIGNATURE) @RequestParam String signature,
            HttpServletRequest request) {
        var call = new Call<>(
                new LeaveRequest(Parameters.nodeId("nodeId", nodeId)),
                time(issuedAtMillis),
                Parameters.signature("signature", signature),
                saidUrl(request),
                Callers.of(request));
        RegistryProblems.grantedOrThrow(calls.leave(call), names.urls());
    }

    @Operation(operationId = "reportMember", summary = "Report a member that does not answer",
            description = "The tracker dials it itself, and drops it only if that fails.")
    @ApiResponse(responseCode = "202", description = "The tracker will dial the member")
    @Problems({Problem.BAD_SIGNATURE, Problem.OTHER_TRACKER_URL, Problem.CLOCK_DIFFERS, Problem.REPORTER_NOT_LISTED,
            Problem.NOT_LATER, Problem.UNKNOWN_MEMBER})
    @PostMapping(path = "/{nodeId}/reports", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    void report(
            @Parameter(description = "Whom the report is about, 66 hex digits",
                    example = Examples.NODE_ID) @PathVariable String nodeId,
            @RequestBody ReportBody body,
            HttpServletRequest request) {
        var call = new Call<>(
                new ReportRequest(
                        Parameters.nodeId("nodeId", nodeId),
                        Parameters.nodeId("reporterId", body.reporterId())),
                time(body.issuedAtMillis()),
                Parameters.signature("signature", body.signature()),
                saidUrl(request),
                Callers.of(request));
        RegistryProblems.grantedOrThrow(calls.report(call), names.urls());
    }

    /** Under which URL the caller says that it knows this tracker; what is no such URL says nothing. */
    private static Optional<TrackerUrl> saidUrl(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader(TRACKER_URL_HEADER))
                .filter(it -> TrackerUrl.faultOf(it).isEmpty())
                .map(TrackerUrl::new);
    }

    /** The time as a digest can hold it; whether it is near the tracker's is asked later. */
    private static long time(long issuedAtMillis) {
        if (issuedAtMillis < 0 || issuedAtMillis > MAX_TIME_MILLIS) {
            throw Refusal.invalid("issuedAtMillis", issuedAtMillis, "from 0 to 2^53 - 1");
        }
        return issuedAtMillis;
    }
}
