package org.cheesecoin.tracker.registry.web;

import java.util.ArrayList;
import java.util.List;

import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.crypto.Signature;
import org.cheesecoin.chain.wire.GossipUrl;
import org.cheesecoin.chain.wire.NodeId;
import org.cheesecoin.chain.wire.PeerRecord;
import org.cheesecoin.chain.wire.TrackerRequest.LeaseRequest;
import org.cheesecoin.web.Parameters;

import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;

/** The body of {@code PUT /peers/{nodeId}}. */
@Schema(name = "LeaseRequest", description = "What a member says about itself, signed by its node key")
record LeaseBody(
        @Schema(description = "Smell of the Blue Cheese, 64 hex digits",
                example = Examples.NETWORK_ID) String networkId,
        @Schema(description = "Where the member listens: ws or wss, host, port, and /gossip",
                example = Examples.GOSSIP_URL) String gossipUrl,
        @Schema(description = "Of its software, printable ASCII", maxLength = LeaseRequest.MAX_VERSION_CHARS,
                example = "0.1.0") String version,
        TipBody tip,
        @ArraySchema(maxItems = LeaseRequest.MAX_CONNECTED, schema = @Schema(example = Examples.OTHER_NODE_ID),
                arraySchema = @Schema(description = "Ids of the members that it has links to")) List<
                        String> connectedTo,
        RecordProof peerRecord,
        @Schema(description = "The member's clock, in milliseconds since 1970", minimum = "0",
                maximum = Examples.MAX_TIME, example = Examples.TIME) long issuedAtMillis,
        @Schema(description = "Of the node key over the request's digest (protocol.md, section 9), 128 hex digits",
                example = Examples.SIGNATURE) String signature) {

    /** The tip of a member. */
    @Schema(name = "Tip", description = "The cheese on top of a member's best branch")
    record TipBody(
            @Schema(description = "64 hex digits", example = Examples.NETWORK_ID) String smell,
            @Schema(description = "Cheeses below it", minimum = "0", maximum = "2147483647",
                    example = "1234") int height) {}

    /** What makes a peer record of id, network and URL. */
    @Schema(name = "PeerRecordProof",
            description = "Makes a signed peer record of nodeId, networkId and gossipUrl, which others may pass on")
    record RecordProof(
            @Schema(description = "When the member signed the record", minimum = "0", maximum = Examples.MAX_TIME,
                    example = Examples.TIME) long issuedAtMillis,
            @Schema(description = "Of the node key over the peer record, 128 hex digits",
                    example = Examples.SIGNATURE) String signature) {}

    /** The values; what has another form is a problem that names its field. */
    LeaseRequest toRequest(NodeId nodeId) {
        Smell network = Parameters.smell("networkId", networkId);
        GossipUrl url = Parameters.gossipUrl("gossipUrl", gossipUrl);
        Signature word = Parameters.signature("peerRecord.signature", peerRecord.signature());
        PeerRecord signedRecord = Parameters.check("peerRecord.issuedAtMillis",
                () -> new PeerRecord(network, nodeId, url, peerRecord.issuedAtMillis(), word));
        Smell tipSmell = Parameters.smell("tip.smell", tip.smell());
        List<NodeId> links = new ArrayList<>();
        for (int i = 0; i < connectedTo.size(); i++) {
            links.add(Parameters.nodeId("connectedTo[" + i + "]", connectedTo.get(i)));
        }
        return Parameters.check("body", () -> new LeaseRequest(signedRecord, version, tipSmell, tip.height(), links));
    }

    Signature toSignature() {
        return Parameters.signature("signature", signature);
    }
}
