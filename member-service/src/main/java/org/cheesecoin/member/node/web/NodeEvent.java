package org.cheesecoin.member.node.web;

import java.util.Optional;

import org.cheesecoin.chain.consensus.StackedHeader;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.swagger.v3.oas.annotations.media.Schema;

/** What happened, as the stream of events tells it. All of it is committed. */
sealed interface NodeEvent {

    /** The event's name in the stream. */
    String name();

    /** A cheese of a reorganisation, or a tip. */
    @Schema(name = "CheesePlace")
    record Place(String smell, int height) {

        static Place of(StackedHeader header) {
            return new Place(header.smell().toHex(), header.height());
        }
    }

    /** A cheese is stored: on the best branch, where it is the tip, or beside it. */
    @Schema(name = "CheeseEvent")
    record CheeseStored(String smell, String parentSmell, int height, long timeMillis, boolean onBestBranch)
            implements NodeEvent {

        static CheeseStored of(StackedHeader header, boolean onBestBranch) {
            return new CheeseStored(header.smell().toHex(), header.header().parentSmell().toHex(), header.height(),
                    header.header().timeMillis(), onBestBranch);
        }

        @Override
        public String name() {
            return "cheese";
        }
    }

    /** The best branch is another one from the fork on. */
    @Schema(name = "ReorganisationEvent")
    record Reorganised(Place fork, Place oldTip, Place tip) implements NodeEvent {

        @Override
        public String name() {
            return "reorganisation";
        }
    }

    /** A transaction came into the mempool or left it. */
    @Schema(name = "TransactionEvent")
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record TransactionMoved(
            String txid,
            @Schema(allowableValues = {
                    "pending", "confirmed", "conflicted", "replaced", "evicted", "invalid"}) String state,
            Optional<Long> feeCrumbs) implements NodeEvent{

        @Override
        public String name() {
            return "transaction";
        }
    }

    /** A peer came, left or was banned. */
    @Schema(name = "PeerEvent")
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record PeerMoved(
            Optional<String> nodeId,
            @Schema(allowableValues = {
                    "joined", "left", "banned"}) String state,
            Optional<String> reason) implements NodeEvent{

        @Override
        public String name() {
            return "peer";
        }
    }
}
