package org.cheesecoin.member.persistence;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

import org.cheesecoin.chain.cheese.Amount;
import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.OutPoint;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.Txid;
import org.cheesecoin.chain.consensus.Coin;
import org.cheesecoin.chain.consensus.Network;
import org.cheesecoin.chain.consensus.PlacedCoin;
import org.cheesecoin.chain.crypto.Sha256;
import org.cheesecoin.chain.crypto.Signature;
import org.cheesecoin.chain.mempool.MempoolStep;
import org.cheesecoin.chain.node.Ban;
import org.cheesecoin.chain.node.Change;
import org.cheesecoin.chain.node.KnownPeer;
import org.cheesecoin.chain.node.Memory;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.chain.testing.TestWorld;
import org.cheesecoin.chain.wire.GossipUrl;
import org.cheesecoin.chain.wire.NodeId;
import org.cheesecoin.chain.wire.PeerRecord;
import org.cheesecoin.membertest.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What each of the databases must do alike, table by table. */
@ExtendWith(OutputCaptureExtension.class)
@ParameterizedClass(name = "{0}")
@EnumSource(TestDatabase.class)
class TablesTest {

    @Parameter private TestDatabase kind;
    @TempDir private Path folder;
    private MemberDatabase database;
    private final Network network = History.network();

    @BeforeEach
    void open() {
        database = kind.open(folder);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void forgetsRememberedPeersThatNobodyCanDialAndSaysSoOnce(CapturedOutput output) {
        KnownPeer good = peer("ws://member-1:8081/gossip", 5);
        try (StackStore store = database.openStore(network)) {
            store.apply(List.of(new Change.PeerKept(good), new Change.PeerKept(peer("ws://member-2:8081/gossip", 5))));
            store.commit();
            // an older version took it
            try (Session session = new Session(connection())) {
                session.update("UPDATE peer SET url = ? WHERE url LIKE ?", "ws://member_2:8081/gossip", "%member-2%");
                session.commit();
            }
            assertThat(store.loadMemory(1).peers()).extracting(it -> it.url().text())
                    .containsExactly(good.url().text());
            assertThat(store.loadMemory(1).peers()).hasSize(1);
        }
        assertThat(output.getAll()).containsOnlyOnce("Forgot 1 remembered peers")
                .contains("ws://member_2:8081/gossip: a host's name has no '_'; use '-'");
    }

    @Test
    void remembersPaymentsPeersAndBansOverARestart() {
        TestWorld world = TestWorld.rich(History.OWNERS);
        Payment first = world.pay(world.allocation(2), TestKeys.key(3), 1_000, 1_000);
        Payment gone = world.pay(world.allocation(3), TestKeys.key(3), 1_000, 1_000);
        Payment last = world.pay(world.allocation(1), TestKeys.key(3), 1_000, 1_000);
        KnownPeer known = peer("ws://10.0.0.1:8081/gossip", 5);
        Ban ban = new Ban("02".repeat(33), "10.0.0.7", 2_000, "CHS-MERKLE-ROOT");
        try (StackStore store = database.openStore(network)) {
            store.apply(List.of(admitted(first), admitted(gone), admitted(last),
                    new Change.PeerKept(peer("ws://10.0.0.1:8081/gossip", 4)),
                    new Change.PeerKept(peer("ws://10.0.0.2:8081/gossip", 4)),
                    new Change.BanKept(new Ban(ban.nodeIdHex(), ban.remoteAddress(), 500, "HDR-TARGET")),
                    new Change.BanKept(new Ban("", "10.0.0.8", 900, "NET-SLOW")),
                    new Change.BanKept(new Ban("", "10.0.0.9", 3_000, "NET-SLOW"))));
            store.commit();
            store.apply(List.of(
                    new Change.OfMempool(
                            new MempoolStep.Removed(gone, MempoolStep.Reason.REPLACED, Optional.empty())),
                    new Change.PeerKept(known),
                    new Change.PeerForgotten(new GossipUrl("ws://10.0.0.2:8081/gossip")),
                    new Change.BanForgotten("", "10.0.0.9"),
                    new Change.BanKept(ban)));
            store.commit();
        }
        try (StackStore store = database.openStore(network)) {
            assertThat(store.loadMemory(1_000))
                    .isEqualTo(new Memory(List.of(first, last), List.of(known), List.of(ban)));
        }
    }

    private static Change admitted(Payment payment) {
        return new Change.OfMempool(new MempoolStep.Admitted(payment, new Amount(1_000), 7));
    }

    private KnownPeer peer(String url, long lastConnectedMillis) {
        NodeId nodeId = new NodeId(TestKeys.key(77).publicKey());
        Signature signature = TestKeys.SCHEME.sign(TestKeys.key(77).privateKey(), Sha256.hash(new byte[1]));
        PeerRecord record = new PeerRecord(network.id(), nodeId, new GossipUrl(url), 99, signature);
        return new KnownPeer(new GossipUrl(url), Optional.of(nodeId), Optional.of(record), "tracker",
                lastConnectedMillis);
    }

    @Test
    void coinsThatShareASlotStayApart() {
        Session session = new Session(connection());
        try (session) {
            CoinTable table = new CoinTable(session, outPoint -> outPoint.index() % 3);
            List<PlacedCoin> coins = IntStream.range(0, 10).mapToObj(this::coin).toList();
            table.insert(coins.subList(0, 1));
            table.insert(coins.subList(1, 10));
            assertThat(found(table, coins)).containsExactlyElementsOf(coins);
            table.delete(List.of(coins.get(0), coins.get(3), coins.get(7)));
            assertThat(found(table, coins)).containsExactly(coins.get(1), coins.get(2), coins.get(4), coins.get(5),
                    coins.get(6), coins.get(8), coins.get(9));
            assertThat(table.coin(coins.get(3).outPoint())).isEmpty();
            assertThat(table.coin(coins.get(6).outPoint())).contains(coins.get(6).coin());
            table.delete(List.of(coins.get(1), coins.get(4)));
            assertThat(found(table, coins)).hasSize(5);
            assertThatThrownBy(() -> table.delete(List.of(coins.get(1)))).isInstanceOf(StoreFailure.class);
            assertThatThrownBy(() -> table.insert(List.of(coins.get(2)))).isInstanceOf(StoreFailure.class);
        }
    }

    private Connection connection() {
        try {
            return database.readers().getConnection();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<PlacedCoin> found(CoinTable table, List<PlacedCoin> coins) {
        var found = table.coins(coins.stream().map(PlacedCoin::outPoint).toList());
        return coins.stream().filter(it -> it.coin().equals(found.get(it.outPoint()))).toList();
    }

    private PlacedCoin coin(int index) {
        Txid txid = new Txid(Sha256.hash(new byte[]{1}));
        return new PlacedCoin(new OutPoint(txid, index),
                new Coin(new Amount(100 + index), TestKeys.key(1).address(), index, Coin.Origin.PAYMENT));
    }

    @Test
    void storesTheLargestCheese() {
        byte[] large = new byte[Cheese.MAX_BYTES];
        new Random(1).nextBytes(large);
        List<Object[]> parts = Parts.cut(5, large);
        assertThat(parts).hasSizeGreaterThan(1);
        try (Session session = new Session(connection())) {
            session.batch("INSERT INTO cheese_body (id, bytes) VALUES (?, ?)", parts);
            assertThat(new StackTables(session).body(5)).contains(large);
            assertThat(new StackTables(session).body(4)).isEmpty();
        }
    }
}
