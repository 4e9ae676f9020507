package org.cheesecoin.tracker.registry.web;

import java.util.ArrayList;
import java.util.List;

import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.crypto.Signature;
import org.cheesecoin.chain.wire.GossipUrl;
import org.cheesecoin.chain.wire.NodeId;
import org.cheesecoin.chain.wire.PeerRecord;
import org.cheesecoin.chain.wire.TrackerRequest.LeaseRequest;
import org.cheesecoin.tracker.web.Fields;

import io.swagger.v3.oas.annotations.media.Schema;

/** The body of {@code PUT /peers/{nodeId}}. */
@Schema(name = "LeaseRequest", description = "What a member says about itself, signed by its node key")
record LeaseBody(
        @Schema(description = "Smell of the Blue Cheese, 64 hex digits", example = Examples.NETWORK_ID,
                requiredMode = Schema.RequiredMode.REQUIRED) String networkId,
        @Schema(description = "Where the member listens: ws or wss, host, port, and /gossip",
                example = Examples.GOSSIP_URL, requiredMode = Schema.RequiredMode.REQUIRED) String gossipUrl,
        @Schema(description = "Of its software, at most 64 characters of printable ASCII", example = "0.1.0",
                requiredMode = Schema.RequiredMode.REQUIRED) String version,
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) TipBody tip,
        @Schema(description = "Ids of the members that it has links to, at most 64",
                requiredMode = Schema.RequiredMode.REQUIRED) List<String> connectedTo,
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) RecordProof peerRecord,
        @Schema(description = "The member's clock, in milliseconds since 1970", example = Examples.TIME,
                requiredMode = Schema.RequiredMode.REQUIRED) long issuedAtMillis,
        @Schema(description = "Of the node key over the request's digest (protocol.md, section 9), 128 hex digits",
                example = Examples.SIGNATURE, requiredMode = Schema.RequiredMode.REQUIRED) String signature) {

    /** The tip of a member. */
    @Schema(name = "Tip", description = "The cheese on top of a member's best branch")
    record TipBody(
            @Schema(description = "64 hex digits", example = Examples.NETWORK_ID,
                    requiredMode = Schema.RequiredMode.REQUIRED) String smell,
            @Schema(example = "1234", requiredMode = Schema.RequiredMode.REQUIRED) int height) {}

    /** What makes a peer record of id, network and URL. */
    @Schema(name = "PeerRecordProof",
            description = "Makes a signed peer record of nodeId, networkId and gossipUrl, which others may pass on")
    record RecordProof(
            @Schema(description = "When the member signed the record", example = Examples.TIME,
                    requiredMode = Schema.RequiredMode.REQUIRED) long issuedAtMillis,
            @Schema(description = "Of the node key over the peer record, 128 hex digits",
                    example = Examples.SIGNATURE, requiredMode = Schema.RequiredMode.REQUIRED) String signature) {}

    /** The values; what has another form is a problem that names its field. */
    LeaseRequest toRequest(NodeId nodeId) {
        Smell network = Fields.read("networkId", networkId, Smell::fromHex);
        GossipUrl url = Fields.read("gossipUrl", gossipUrl, GossipUrl::new);
        Signature word = Fields.read("peerRecord.signature", peerRecord.signature(), RequestFields::signature);
        PeerRecord signedRecord = Fields.check("peerRecord.issuedAtMillis",
                () -> new PeerRecord(network, nodeId, url, peerRecord.issuedAtMillis(), word));
        Smell tipSmell = Fields.read("tip.smell", tip.smell(), Smell::fromHex);
        List<NodeId> links = new ArrayList<>();
        for (int i = 0; i < connectedTo.size(); i++) {
            links.add(Fields.read("connectedTo[" + i + "]", connectedTo.get(i), NodeId::fromHex));
        }
        return Fields.check("body", () -> new LeaseRequest(signedRecord, version, tipSmell, tip.height(), links));
    }

    Signature toSignature() {
        return Fields.read("signature", signature, RequestFields::signature);
    }
}
