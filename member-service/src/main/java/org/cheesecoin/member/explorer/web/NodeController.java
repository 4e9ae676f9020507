package org.cheesecoin.member.explorer.web;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import org.cheesecoin.chain.consensus.Network;
import org.cheesecoin.chain.consensus.StackedHeader;
import org.cheesecoin.chain.node.NodeStatus;
import org.cheesecoin.member.explorer.NodeReport;
import org.cheesecoin.member.explorer.NodeReporter;
import org.cheesecoin.member.node.web.LoopCalls;
import org.cheesecoin.member.peering.TrackerStanding;
import org.cheesecoin.member.peering.Trackers;
import org.cheesecoin.member.persistence.WentBack;
import org.cheesecoin.member.web.Open;
import org.cheesecoin.web.ProgramVersion;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;

/** How the member is. */
@RestController
@Open
@Tag(name = "Node")
class NodeController {

    private final LoopCalls loop;
    private final NodeReporter reporter;
    private final Network network;
    private final Trackers trackers;

    NodeController(LoopCalls loop, NodeReporter reporter, Network network, Trackers trackers) {
        this.trackers = trackers;
        this.loop = loop;
        this.reporter = reporter;
        this.network = network;
    }

    @Schema(name = "Node")
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record NodeView(
            String version,
            NetworkView network,
            @Schema(description = "Who it is among members: its public key") String nodeId,
            @Schema(description = "Where others can dial it; left out where they cannot") Optional<String> gossipUrl,
            TipView tip,
            SyncView sync,
            PeerCounts peers,
            @Schema(description = "Median of the peers' clocks against ours; of an even number, the middle one that is "
                    + "nearer to ours") long clockOffsetMillis,
            @Schema(description = "Empty while cheeses come") List<ReasonView> whyNoCheese,
            @Schema(description = "How it stands with each of its trackers") List<TrackerView> trackers,
            @Schema(description = "Only while the stack has less work than it had: the database was restored from an "
                    + "older copy, cut, or replaced") Optional<WentBackView> databaseWentBack) {}

    @Schema(name = "DatabaseWentBack")
    record WentBackView(
            @Schema(description = "Of the tip when the member started") int height,
            @Schema(description = "Of the best tip that it had before") int heightBefore,
            @Schema(description = "For people", example = WentBackView.MESSAGE) String message) {

        static final String MESSAGE = "The database has less than it had. What is missing is fetched from peers; until it "
                + "is there, no new order is paid. What only this member had is lost unless the newer copy is restored.";

        static WentBackView of(WentBack wentBack) {
            return new WentBackView(wentBack.height(), wentBack.markHeight(), MESSAGE);
        }
    }

    @Schema(name = "TrackerStanding")
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record TrackerView(
            @Schema(description = "As the settings name it", example = "http://127.0.0.1:8080") String url,
            @Schema(allowableValues = {
                    "asking", "waiting", "listed", "unreachable", "no-lease"},
                    description = "listed: others are told of this member; waiting: not dialled yet; unreachable: the "
                            + "tracker cannot dial gossipUrl, so nobody is told of it; no-lease: it refused, or is not "
                            + "there") String state,
            @Schema(description = "Why, where it is unreachable or without a lease",
                    example = "the name laptop-7 leads nowhere") Optional<String> reason){

        static TrackerView of(URI url, TrackerStanding standing) {
            return switch (standing) {
                case TrackerStanding.Asking() -> new TrackerView(url.toString(), "asking", Optional.empty());
                case TrackerStanding.Waiting() -> new TrackerView(url.toString(), "waiting", Optional.empty());
                case TrackerStanding.Listed() -> new TrackerView(url.toString(), "listed", Optional.empty());
                case TrackerStanding.Unreachable(String reason) ->
                        new TrackerView(url.toString(), "unreachable", Optional.of(reason));
                case TrackerStanding.NoLease(String reason) ->
                        new TrackerView(url.toString(), "no-lease", Optional.of(reason));
            };
        }
    }

    @Schema(name = "Network")
    record NetworkView(
            @Schema(description = "What people call it", example = "local") String name,
            @Schema(description = "Smell of the Blue Cheese") String id,
            long spacingMillis,
            int coinbaseMaturity) {}

    @Schema(name = "Tip")
    record TipView(
            String smell,
            int height,
            long timeMillis,
            @Schema(description = "Hashes in all cheeses, a decimal number", example = "1500000") String totalWork) {

        static TipView of(StackedHeader tip) {
            return new TipView(tip.smell().toHex(), tip.height(), tip.header().timeMillis(),
                    tip.totalWork().hashes().toString());
        }
    }

    @Schema(name = "Sync")
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record SyncView(
            @Schema(allowableValues = {"idle", "syncing"}) String state,
            @Schema(description = "While syncing: where it is going to") Optional<Integer> goalHeight,
            @Schema(description = "Up to which height transactions and addresses can be asked for") Optional<
                    Integer> indexedHeight){}

    @Schema(name = "PeerCounts")
    record PeerCounts(long inbound, long outbound, int known) {

        static PeerCounts of(NodeStatus status) {
            long outbound = status.peers().stream().filter(it -> it.dialled().isPresent()).count();
            return new PeerCounts(status.peers().size() - outbound, outbound, status.knownPeers().size());
        }
    }

    @Schema(name = "WhyNoCheese")
    record ReasonView(
            @Schema(allowableValues = {
                    "syncing", "on-demand", "not-mining", "alone", "clock-off", "hash-rate-low",
                    "storage-full", "clocks-differ", "clock-behind-tip"}, description = "For programs") String code,
            @Schema(description = "For people",
                    example = "This member does not mine: PUT /mining {\"enabled\": true}") String message,
            @Schema(description = "What it was found by", example = """
                    {"clockOffsetMillis": "45000", "toleratedMillis": "30000"}""") Map<String, String> values){

        static ReasonView of(NodeReport.Reason reason) {
            return new ReasonView(reason.code().name().toLowerCase(Locale.ROOT).replace('_', '-'), reason.message(),
                    reason.values());
        }
    }

    @GetMapping("/node")
    @Operation(operationId = "getNode",
            summary = "How this member is: tip, sync, peers, clock, and why no cheese came when none came")
    NodeView node() {
        NodeReport report = reporter.report(loop.ask(access -> access.node().status()));
        NodeStatus status = report.status();
        SyncView sync = new SyncView(status.goal().isPresent() ? "syncing" : "idle",
                status.goal().map(StackedHeader::height), report.indexedHeight());
        return new NodeView(
                ProgramVersion.text(),
                new NetworkView(network.parameters().name(), network.id().toHex(),
                        network.parameters().spacingMillis(), network.parameters().coinbaseMaturity()),
                status.nodeId().toHex(),
                status.ownRecord().map(it -> it.url().text()),
                TipView.of(status.tip()),
                sync,
                PeerCounts.of(status),
                status.clockOffsetMillis(),
                report.whyNoCheese().stream().map(ReasonView::of).toList(),
                trackers.standings().entrySet().stream()
                        .map(it -> TrackerView.of(it.getKey(), it.getValue()))
                        .toList(),
                report.wentBack().map(WentBackView::of));
    }
}
