package org.cheesecoin.tracker.registry.web;

import java.time.InstantSource;

import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.wire.NodeId;
import org.cheesecoin.chain.wire.TrackerRequest.LeaveRequest;
import org.cheesecoin.chain.wire.TrackerRequest.ReportRequest;
import org.cheesecoin.tracker.registry.Registry;
import org.cheesecoin.tracker.registry.SignedCalls;
import org.cheesecoin.tracker.registry.SignedCalls.Call;
import org.cheesecoin.tracker.registry.TrackerNames;
import org.cheesecoin.tracker.web.Fields;
import org.cheesecoin.tracker.web.ProblemType;
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
@ApiResponse(responseCode = "400", description = "The request is malformed")
class PeersController {

    /** Most members of one answer. */
    static final int MAX_LIMIT = 100;

    private final SignedCalls calls;
    private final Registry registry;
    private final TrackerNames names;
    private final InstantSource clock;

    PeersController(SignedCalls calls, Registry registry, TrackerNames names, InstantSource clock) {
        this.calls = calls;
        this.registry = registry;
        this.names = names;
        this.clock = clock;
    }

    @Operation(summary = "Register or renew a lease",
            description = "Gives a lease of 30 s, to be renewed well before its end, and a random sample of others. "
                    + "The member is listed as soon as a dial of the tracker has proved its id at its URL.")
    @ApiResponse(responseCode = "200", description = "The lease")
    @ApiResponse(responseCode = "401", description = "bad-signature")
    @ApiResponse(responseCode = "403", description = "clock-differs, with the tracker's time; bad-peer-record")
    @ApiResponse(responseCode = "409", description = "not-later, url-taken")
    @ApiResponse(responseCode = "429", description = "too-many-calls")
    @ApiResponse(responseCode = "503", description = "tracker-full")
    @PutMapping(path = "/{nodeId}", consumes = MediaType.APPLICATION_JSON_VALUE)
    LeaseView register(
            @Parameter(description = "The member's id, 66 hex digits",
                    example = Examples.NODE_ID) @PathVariable String nodeId,
            @RequestBody LeaseBody body,
            HttpServletRequest request) {
        var lease = body.toRequest(Fields.read("nodeId", nodeId, NodeId::fromHex));
        var call = new Call<>(
                lease,
                RequestFields.time(body.issuedAtMillis()),
                body.toSignature(),
                RequestFields.callerOf(request));
        return LeaseView.of(RegistryProblems.grantedOrThrow(calls.register(call), names.urls()));
    }

    @Operation(summary = "A random sample of a network's listed members")
    @ApiResponse(responseCode = "200", description = "The sample, empty where nobody is listed")
    @GetMapping
    PeersView sample(
            @Parameter(description = "The network's id, 64 hex digits",
                    example = Examples.NETWORK_ID) @RequestParam String network,
            @Parameter(description = "At most so many, from 1 to 100",
                    schema = @Schema(type = "integer", minimum = "1", maximum = "100",
                            defaultValue = "20")) @RequestParam(defaultValue = "20") int limit) {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw ProblemType.MALFORMED.because("'limit' is from 1 to " + MAX_LIMIT + ".").with("field", "limit");
        }
        Smell networkId = Fields.read("network", network, Smell::fromHex);
        return PeersView.of(registry.sample(networkId, limit, clock.millis()));
    }

    @Operation(summary = "Leave", description = "Ends the lease at once. Signed as the other calls.")
    @ApiResponse(responseCode = "204", description = "The lease is ended")
    @ApiResponse(responseCode = "401", description = "bad-signature")
    @ApiResponse(responseCode = "404", description = "unknown-member")
    @DeleteMapping("/{nodeId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void leave(
            @Parameter(description = "The member's id, 66 hex digits",
                    example = Examples.NODE_ID) @PathVariable String nodeId,
            @Parameter(description = "The member's clock, in milliseconds since 1970",
                    example = Examples.TIME) @RequestParam long issuedAtMillis,
            @Parameter(description = "128 hex digits", example = Examples.SIGNATURE) @RequestParam String signature,
            HttpServletRequest request) {
        var call = new Call<>(
                new LeaveRequest(Fields.read("nodeId", nodeId, NodeId::fromHex)),
                RequestFields.time(issuedAtMillis),
                Fields.read("signature", signature, RequestFields::signature),
                RequestFields.callerOf(request));
        RegistryProblems.grantedOrThrow(calls.leave(call), names.urls());
    }

    @Operation(summary = "Report a member that does not answer",
            description = "The tracker dials it itself, and drops it only if that fails.")
    @ApiResponse(responseCode = "202", description = "The tracker will dial the member")
    @ApiResponse(responseCode = "403", description = "reporter-not-listed, clock-differs")
    @ApiResponse(responseCode = "404", description = "unknown-member")
    @PostMapping(path = "/{nodeId}/reports", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    void report(
            @Parameter(description = "Whom the report is about, 66 hex digits",
                    example = Examples.NODE_ID) @PathVariable String nodeId,
            @RequestBody ReportBody body,
            HttpServletRequest request) {
        var call = new Call<>(
                new ReportRequest(
                        Fields.read("nodeId", nodeId, NodeId::fromHex),
                        Fields.read("reporterId", body.reporterId(), NodeId::fromHex)),
                RequestFields.time(body.issuedAtMillis()),
                Fields.read("signature", body.signature(), RequestFields::signature),
                RequestFields.callerOf(request));
        RegistryProblems.grantedOrThrow(calls.report(call), names.urls());
    }
}
