package org.cheesecoin.chain.wire;

import java.util.List;

import org.cheesecoin.chain.cheese.ByteWriter;
import org.cheesecoin.chain.cheese.MalformedException;
import org.cheesecoin.chain.cheese.Smell;

/** What a member asks of a tracker under its node key's signature: see {@link TrackerProofs}. */
public sealed interface TrackerRequest {

    /** The HTTP method. */
    String method();

    /** Whose signature it needs. */
    NodeId signer();

    /** All the fields in the canonical encoding, each text and list with its length before it. */
    byte[] canonicalFields();

    /**
     * {@code PUT /peers/{nodeId}}: registers or renews a lease.
     *
     * @param peerRecord id, network and URL, signed, so that others can pass it on without the tracker
     * @param version of the member's software, for people: printable ASCII, at most {@link #MAX_VERSION_CHARS}
     * @param tipSmell its tip
     * @param tipHeight the tip's height
     * @param connectedTo the proved peers that it has links to, at most {@link #MAX_CONNECTED}
     */
    record LeaseRequest(
            PeerRecord peerRecord, String version, Smell tipSmell, int tipHeight, List<NodeId> connectedTo)
            implements TrackerRequest {

        /** Longest version, in characters. */
        public static final int MAX_VERSION_CHARS = 64;

        /** Most ids that it is connected to. */
        public static final int MAX_CONNECTED = 64;

        /**
         * Checks ENC-VALUE and ENC-LIMIT.
         *
         * @throws MalformedException if a field is out of its range
         */
        public LeaseRequest {
            connectedTo = List.copyOf(connectedTo);
            WireFields.requireLimit("connectedTo", connectedTo.size(), MAX_CONNECTED);
            WireFields.requireLimit("version", version.length(), MAX_VERSION_CHARS);
            if (!version.chars().allMatch(Printable::isPrintable)) {
                throw WireFields.badValue("version", "other than printable ASCII");
            }
            if (tipHeight < 0) {
                throw WireFields.badValue("tipHeight", tipHeight);
            }
        }

        /** Who. */
        public NodeId nodeId() {
            return peerRecord.nodeId();
        }

        /** Of which network. */
        public Smell networkId() {
            return peerRecord.networkId();
        }

        /** Where it can be dialled. */
        public GossipUrl gossipUrl() {
            return peerRecord.url();
        }

        @Override
        public String method() {
            return "PUT";
        }

        @Override
        public NodeId signer() {
            return nodeId();
        }

        @Override
        public byte[] canonicalFields() {
            ByteWriter writer = new ByteWriter(512);
            WireFields.writePeerWord(writer, peerRecord);
            writer.u8(version.length()).raw(WireFields.ascii(version));
            writer.hash(tipSmell.hash()).u32(tipHeight);
            WireFields.writeList(writer, "connectedTo", MAX_CONNECTED, connectedTo, WireFields::writeNodeId);
            return writer.toBytes();
        }
    }

    /**
     * {@code DELETE /peers/{nodeId}}: gives the lease up.
     *
     * @param nodeId whose
     */
    record LeaveRequest(NodeId nodeId) implements TrackerRequest {

        @Override
        public String method() {
            return "DELETE";
        }

        @Override
        public NodeId signer() {
            return nodeId;
        }

        @Override
        public byte[] canonicalFields() {
            return nodeId.key().toBytes();
        }
    }

    /**
     * {@code POST /peers/{nodeId}/reports}: says that a member does not answer.
     *
     * @param subject which
     * @param reporter who says so
     */
    record ReportRequest(NodeId subject, NodeId reporter) implements TrackerRequest {

        @Override
        public String method() {
            return "POST";
        }

        @Override
        public NodeId signer() {
            return reporter;
        }

        @Override
        public byte[] canonicalFields() {
            ByteWriter writer = new ByteWriter(66);
            WireFields.writeNodeId(writer, subject);
            WireFields.writeNodeId(writer, reporter);
            return writer.toBytes();
        }
    }
}
