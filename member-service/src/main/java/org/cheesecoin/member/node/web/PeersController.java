package org.cheesecoin.member.node.web;

import java.util.List;
import java.util.Optional;

import org.cheesecoin.chain.node.FailedDials;
import org.cheesecoin.chain.node.Input;
import org.cheesecoin.chain.node.KnownPeer;
import org.cheesecoin.chain.node.NodeStatus;
import org.cheesecoin.chain.node.PeerStatus;
import org.cheesecoin.chain.wire.GossipUrl;
import org.cheesecoin.chain.wire.NodeId;
import org.cheesecoin.member.web.Open;
import org.cheesecoin.member.web.OwnerOnly;
import org.cheesecoin.web.Page;
import org.cheesecoin.web.Parameters;
import org.cheesecoin.web.Problem;
import org.cheesecoin.web.Problems;
import org.cheesecoin.web.Refusal;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

/** Who this member is linked to, and whom it knows. */
@RestController
@RequestMapping("/peers")
@Tag(name = "Peers")
class PeersController {

    private final LoopCalls loop;

    PeersController(LoopCalls loop) {
        this.loop = loop;
    }

    enum State {
        CONNECTED, KNOWN
    }

    @Schema(name = "Peer")
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record PeerView(
            @Schema(description = "Left out where nobody has proved an id yet") Optional<String> nodeId,
            @Schema(allowableValues = {
                    "connected", "known"}) String state,
            @Schema(allowableValues = {"inbound", "outbound"},
                    description = "Of a connected one: who dialled") Optional<String> direction,
            @Schema(description = "Where it can be dialled") Optional<String> url,
            Optional<String> remoteAddress,
            @Schema(description = "Since when, milliseconds since 1970") Optional<Long> connectedMillis,
            Optional<Long> roundTripMillis,
            @Schema(description = "How far its clock is ahead of ours") Optional<Long> clockOffsetMillis,
            @Schema(description = "The highest header that it told of") Optional<Integer> bestHeight,
            @Schema(description = "What it has broken so far; at 100 it is banned") Optional<Integer> points,
            @Schema(description = "Of a known one: who told of it") Optional<String> source,
            @Schema(description = "Of a known one: when it last proved its id there, 0 for never") Optional<
                    Long> lastConnectedMillis,
            @Schema(description = "Of a known one: dials in a row that came to nothing, left out where the last one "
                    + "was good or none was made in this run", example = "3") Optional<Integer> failedDials,
            @Schema(description = "Why the last of them came to nothing",
                    example = "its name cannot be resolved") Optional<String> lastFailure){

        static PeerView of(PeerStatus peer) {
            return new PeerView(Optional.of(peer.nodeId().toHex()), "connected",
                    Optional.of(peer.dialled().isPresent() ? "outbound" : "inbound"),
                    peer.dialled().map(GossipUrl::text), Optional.of(peer.remoteAddress()),
                    Optional.of(peer.connectedMillis()), Optional.of(peer.roundTripMillis()),
                    peer.clockOffsetMillis().stream().boxed().findFirst(), Optional.of(peer.bestHeight()),
                    Optional.of(peer.points()), Optional.empty(), Optional.empty(), Optional.empty(),
                    Optional.empty());
        }

        static PeerView of(KnownPeer peer, NodeStatus status) {
            Optional<FailedDials> failed = Optional.ofNullable(status.failedDials().get(peer.url()));
            return new PeerView(peer.nodeId().map(NodeId::toHex), "known", Optional.empty(),
                    Optional.of(peer.url().text()), Optional.empty(), Optional.empty(), Optional.empty(),
                    Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(peer.source()),
                    Optional.of(peer.lastConnectedMillis()), failed.map(FailedDials::count),
                    failed.map(FailedDials::lastReason));
        }
    }

    record NewPeer(
            @Schema(description = "Where it listens", example = "ws://127.0.0.1:8082/gossip") String url) {}

    record AddedPeer(String url, @Schema(allowableValues = "known") String state) {}

    @Open
    @GetMapping
    @Operation(operationId = "listPeers", summary = "The members that this one is linked to, or all that it knows")
    Page<PeerView> peers(
            @Parameter(description = "connected or known",
                    schema = @Schema(allowableValues = {"connected", "known"},
                            defaultValue = "connected")) @RequestParam(
                                    defaultValue = "connected") String state,
            @Parameter(description = "The nextCursor of the page before") @RequestParam Optional<String> cursor,
            @RequestParam(defaultValue = Page.DEFAULT_ITEMS) int limit) {
        State wanted = Parameters.oneOf("state", state, State.class);
        int count = Parameters.limit(limit);
        int offset = Parameters.offset(cursor);
        NodeStatus status = loop.ask(access -> access.node().status());
        List<PeerView> all = switch (wanted) {
            case CONNECTED -> status.peers().stream().map(PeerView::of).toList();
            case KNOWN -> status.knownPeers().stream().map(it -> PeerView.of(it, status)).toList();
        };
        int from = Math.min(offset, all.size());
        int to = Math.min(from + count, all.size());
        return new Page<>(all.subList(from, to),
                to < all.size() ? Optional.of(Integer.toString(to)) : Optional.empty());
    }

    @OwnerOnly
    @PostMapping
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(operationId = "addPeer", summary = "Dial this member, now and always",
            description = "Answers when the wish is stored. Whether the other answers shows in GET /peers.")
    @ApiResponse(responseCode = "202", description = "It will be dialled", useReturnTypeSchema = true)
    AddedPeer add(@RequestBody NewPeer peer) {
        GossipUrl url = Parameters.gossipUrl("url", peer.url());
        return loop.tell(new Input.PeerAdded(url), _ -> new AddedPeer(url.text(), "known"));
    }

    @OwnerOnly
    @DeleteMapping("/{nodeId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "removePeer", summary = "Forget this member and close the link to it")
    @ApiResponse(responseCode = "204", description = "It is forgotten; others may tell of it again")
    @Problems(Problem.NOT_FOUND)
    void remove(@PathVariable String nodeId) {
        NodeId id = Parameters.nodeId("nodeId", nodeId);
        NodeStatus status = loop.ask(access -> access.node().status());
        boolean isLinked = status.peers().stream().anyMatch(it -> it.nodeId().equals(id));
        boolean isKnown = status.knownPeers().stream().anyMatch(it -> it.nodeId().equals(Optional.of(id)));
        if (!isLinked && !isKnown) {
            throw Refusal.notFound("peer", id);
        }
        loop.tell(new Input.PeerRemoved(id), access -> access.clockMillis());
    }

    @OwnerOnly
    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "removePeerAtUrl",
            summary = "Forget what is known of this URL and close a link that was dialled there",
            description = "For one that was mistyped, and has no id yet. What cheesecoin.peers names is dialled again "
                    + "after the next start.")
    @ApiResponse(responseCode = "204", description = "It is forgotten; others may tell of it again")
    @Problems(Problem.NOT_FOUND)
    void removeUrl(
            @Parameter(description = "Its gossip URL, as GET /peers shows it",
                    example = "ws://127.0.0.1:8082/gossip") @RequestParam String url) {
        GossipUrl gone = Parameters.gossipUrl("url", url);
        NodeStatus status = loop.ask(access -> access.node().status());
        boolean isDialled = status.peers().stream().anyMatch(it -> it.dialled().equals(Optional.of(gone)));
        boolean isKnown = status.knownPeers().stream().anyMatch(it -> it.url().equals(gone));
        if (!isDialled && !isKnown) {
            throw Refusal.notFound("peer at", gone);
        }
        loop.tell(new Input.PeerUrlRemoved(gone), access -> access.clockMillis());
    }
}
