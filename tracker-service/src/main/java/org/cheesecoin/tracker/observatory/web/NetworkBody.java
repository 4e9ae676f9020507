package org.cheesecoin.tracker.observatory.web;

import java.util.List;

import org.cheesecoin.chain.wire.TrackerRequest.LeaseRequest;
import org.cheesecoin.tracker.observatory.NetworkMap;
import org.cheesecoin.tracker.registry.NetworkView.ListedMember;
import org.cheesecoin.tracker.registry.web.Examples;

import io.swagger.v3.oas.annotations.media.Schema;

/** The answer to {@code GET /networks/{networkId}}. */
@Schema(name = "Network", description = "The listed members of a network, their tips, and who is connected to whom")
record NetworkBody(
        @Schema(description = "Smell of the Blue Cheese", example = Examples.NETWORK_ID) String networkId,
        @Schema(description = "How many members are listed", example = "3") int memberCount,
        @Schema(description = "The members, at most 500") List<MemberBody> members,
        @Schema(description = "The tips of these members, the most common first") List<TipCount> tips,
        @Schema(description = "Connections between these members that at least one end speaks of, each once") List<
                LinkBody> links) {

    @Schema(name = "Member")
    record MemberBody(
            @Schema(description = "Who it is: its public key", example = Examples.NODE_ID) String nodeId,
            @Schema(description = "Where it listens", example = Examples.GOSSIP_URL) String gossipUrl,
            @Schema(description = "Of its software", example = "0.1.0") String version,
            TipBody tip,
            @Schema(description = "When its lease ends", example = Examples.TIME) long expiresAtMillis) {

        static MemberBody of(ListedMember member) {
            LeaseRequest said = member.request();
            return new MemberBody(
                    said.nodeId().toHex(),
                    said.gossipUrl().text(),
                    said.version(),
                    new TipBody(said.tipSmell().toHex(), said.tipHeight()),
                    member.expiresAtMillis());
        }
    }

    @Schema(name = "MemberTip")
    record TipBody(
            @Schema(description = "Hash of the header of the cheese", example = Examples.NETWORK_ID) String smell,
            @Schema(description = "Cheeses below it", example = "1234") int height) {}

    @Schema(name = "TipCount")
    record TipCount(
            @Schema(description = "Hash of the header of the cheese", example = Examples.NETWORK_ID) String smell,
            @Schema(description = "Cheeses below it", example = "1234") int height,
            @Schema(description = "How many members have it", example = "3") int members) {}

    @Schema(name = "Link")
    record LinkBody(
            @Schema(description = "Id of one end", example = Examples.NODE_ID) String from,
            @Schema(description = "Id of the other end", example = Examples.OTHER_NODE_ID) String to) {}

    static NetworkBody of(NetworkMap map) {
        return new NetworkBody(
                map.view().networkId().toHex(),
                map.view().memberCount(),
                map.view().members().stream().map(MemberBody::of).toList(),
                map.tips().stream().map(it -> new TipCount(it.smell().toHex(), it.height(), it.members())).toList(),
                map.links().stream().map(it -> new LinkBody(it.from().toHex(), it.to().toHex())).toList());
    }
}
