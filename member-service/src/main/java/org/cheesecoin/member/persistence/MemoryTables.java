package org.cheesecoin.member.persistence;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

import org.cheesecoin.chain.cheese.FullId;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.Transaction;
import org.cheesecoin.chain.crypto.PublicKey;
import org.cheesecoin.chain.mempool.MempoolStep;
import org.cheesecoin.chain.node.Ban;
import org.cheesecoin.chain.node.KnownPeer;
import org.cheesecoin.chain.node.Memory;
import org.cheesecoin.chain.wire.GossipUrl;
import org.cheesecoin.chain.wire.NodeId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tables of what a member remembers beside the stack: mempool, peers, bans. */
final class MemoryTables {

    private static final Logger LOG = LoggerFactory.getLogger(MemoryTables.class);
    private static final int MAX_SOURCE_CHARS = 500;
    private static final int MAX_REMOTE_ADDRESS_CHARS = 300;
    private static final int MAX_REASON_CHARS = 100;

    private final Session session;

    MemoryTables(Session session) {
        this.session = session;
    }

    /** Everything; bans that are over are deleted, and peers whose URL an older version took and this one does not. */
    Memory load(long nowMillis) {
        deletePeersThatCannotBeDialled();
        session.update("DELETE FROM ban WHERE until_millis <= ?", nowMillis);
        List<Payment> pending = session.list("SELECT payment FROM pending_payment ORDER BY id",
                row -> (Payment) Transaction.decode(row.getBytes(1)).orElseThrow());
        List<KnownPeer> peers = session.list(
                "SELECT url, node_id, signed_record, source, last_connected_millis FROM peer ORDER BY url",
                MemoryTables::peer);
        List<Ban> bans = session.list(
                "SELECT node_id_hex, remote_address, until_millis, reason FROM ban ORDER BY until_millis",
                row -> new Ban(row.getString(1), row.getString(2), row.getLong(3), row.getString(4)));
        return new Memory(pending, peers, bans);
    }

    private void deletePeersThatCannotBeDialled() {
        List<String> urls = session.list("SELECT url FROM peer ORDER BY url", row -> row.getString(1)).stream()
                .filter(url -> GossipUrl.faultOf(url).isPresent())
                .toList();
        if (urls.isEmpty()) {
            return;
        }
        session.batch("DELETE FROM peer WHERE url = ?", urls.stream().map(it -> new Object[]{it}).toList());
        LOG.warn("Forgot {} remembered peers whose URLs nobody can dial, as {}: {}",
                urls.size(), urls.getFirst(), GossipUrl.faultOf(urls.getFirst()).orElseThrow());
    }

    private static KnownPeer peer(ResultSet row) throws SQLException {
        return new KnownPeer(
                new GossipUrl(row.getString(1)),
                Optional.ofNullable(row.getBytes(2)).map(key -> new NodeId(PublicKey.of(key))),
                Optional.ofNullable(row.getBytes(3)).map(Rows::peerRecord),
                row.getString(4),
                row.getLong(5));
    }

    void removePayments(List<FullId> fullIds) {
        session.batch("DELETE FROM pending_payment WHERE full_id = ?",
                fullIds.stream().map(it -> new Object[]{it.hash().toBytes()}).toList());
    }

    void insertPayments(List<MempoolStep.Admitted> payments) {
        session.batch(
                """
                INSERT INTO pending_payment (full_id, txid, fee_crumbs, arrived_millis, payment)
                VALUES (?, ?, ?, ?, ?)""",
                payments.stream()
                        .map(it -> new Object[]{it.payment().fullId().hash().toBytes(),
                                it.payment().txid().hash().toBytes(), it.fee().crumbs(), it.arrivedMillis(),
                                it.payment().toBytes()})
                        .toList());
    }

    void deletePeers(List<GossipUrl> urls) {
        session.batch("DELETE FROM peer WHERE url = ?", urls.stream().map(it -> new Object[]{it.text()}).toList());
    }

    void insertPeers(List<KnownPeer> peers) {
        session.batch(
                """
                INSERT INTO peer (url, node_id, signed_record, source, last_connected_millis)
                VALUES (?, ?, ?, ?, ?)""",
                peers.stream()
                        .map(it -> new Object[]{it.url().text(), it.nodeId().map(id -> id.key().toBytes()),
                                it.record().map(Rows::peerRecord), cut(it.source(), MAX_SOURCE_CHARS),
                                it.lastConnectedMillis()})
                        .toList());
    }

    void deleteBans(List<PendingMemory.BanKey> keys) {
        session.batch("DELETE FROM ban WHERE node_id_hex = ? AND remote_address = ?",
                keys.stream().map(it -> new Object[]{it.nodeIdHex(), address(it.remoteAddress())}).toList());
    }

    void insertBans(List<Ban> bans) {
        session.batch("INSERT INTO ban (node_id_hex, remote_address, until_millis, reason) VALUES (?, ?, ?, ?)",
                bans.stream()
                        .map(it -> new Object[]{it.nodeIdHex(), address(it.remoteAddress()), it.untilMillis(),
                                cut(it.reason(), MAX_REASON_CHARS)})
                        .toList());
    }

    private static String address(String remoteAddress) {
        return cut(remoteAddress, MAX_REMOTE_ADDRESS_CHARS);
    }

    private static String cut(String text, int maxChars) {
        return text.length() <= maxChars ? text : text.substring(0, maxChars);
    }
}
