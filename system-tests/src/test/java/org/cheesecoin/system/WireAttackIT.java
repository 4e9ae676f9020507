package org.cheesecoin.system;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.cheesecoin.chain.cheese.Amount;
import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.CheeseHeader;
import org.cheesecoin.chain.cheese.Coinbase;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.PaymentBody;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.cheese.Transaction;
import org.cheesecoin.chain.consensus.Network;
import org.cheesecoin.chain.consensus.NetworkParameters;
import org.cheesecoin.chain.testing.CheeseFactory;
import org.cheesecoin.chain.testing.Payments;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.chain.testing.TestKeys.TestKey;
import org.cheesecoin.chain.testing.TestWorld;
import org.cheesecoin.chain.wire.Message;
import org.cheesecoin.chain.wire.MessageCodec;
import org.cheesecoin.chain.wire.WireLimits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/** Each fault over a real WebSocket: refused with its rule, and who sent it banned where the design says so. */
@ExtendWith({OneMember.class, LogsOnFailure.class})
class WireAttackIT {

    private static final long CHEESE = Amount.CRUMBS_PER_CHEESE;
    private static final TestKey SOMEBODY = TestKeys.key(500);

    private final OneMember.Shared shared;
    private final Member member;
    private final TestWorld world;
    private final TestKey nodeKey;

    WireAttackIT(OneMember.Shared shared) {
        this.shared = shared;
        this.member = shared.member();
        this.world = shared.world();
        this.nodeKey = shared.freshNodeKey();
    }

    /** Whatever was tried: the stack is what honest peers made it, and an honest peer from the same address is welcome. */
    @AfterEach
    void theMemberIsUnmoved() {
        assertThat(member.tip().smell()).isEqualTo(world.tip().smell().toHex());
        try (RawPeer honest = shared.stranger()) {
            assertThat(honest.isWelcome()).isTrue();
        }
    }

    @Test
    void takesAValidCheeseFromAPeer() {
        Payments.Input coins = shared.freshCoins();
        Payment payment = world.pay(coins, SOMEBODY, 3 * CHEESE, 1_000);

        Cheese cheese = shared.stack(payment);

        assertThat(member.stateOf(payment.txid().toHex())).isEqualTo("confirmed");
        assertThat(member.get("/cheeses/" + cheese.smell().toHex()).get("transactionCount").intValue()).isEqualTo(2);
    }

    @Test
    void refusesAWordBeforeHello() {
        try (RawPeer peer = RawPeer.connect(member, world.network().id(), nodeKey)) {
            peer.send(new Message.Ping(1));
            assertThat(peer.awaitClosed()).startsWith(Rule.NET_HANDSHAKE.id());
        }
    }

    @Test
    void refusesAProofByAnotherKeyAndDoesNotBanTheOneWhoseIdWasClaimed() {
        try (RawPeer peer = RawPeer.connect(member, world.network().id(), nodeKey)) {
            peer.shakeHands(SOMEBODY);
            assertThat(peer.awaitClosed()).startsWith(Rule.NET_PROOF.id());
        }
        try (RawPeer owner = RawPeer.join(member, world.network().id(), nodeKey)) {
            assertThat(owner.isWelcome()).isTrue();
        }
    }

    @Test
    void refusesAnotherNetwork() {
        Smell local = Network.of(NetworkParameters.local()).id();
        try (RawPeer peer = RawPeer.connect(member, local, nodeKey)) {
            peer.send(peer.hello(local));
            assertThat(peer.awaitClosed()).startsWith(Rule.NET_NETWORK.id());
        }
    }

    @Test
    void refusesALongFrameOfAStrangerBeforeItsProof() {
        try (RawPeer peer = RawPeer.connect(member, world.network().id(), nodeKey)) {
            byte[] frame = new byte[WireLimits.MAX_HANDSHAKE_FRAME_BYTES + 1];
            frame[0] = 0x01;
            peer.sendFrame(frame);
            assertThat(peer.awaitClosed()).startsWith(Rule.NET_FRAME_SIZE.id());
        }
    }

    @Test
    void bansWhoSendsAFrameLongerThanItsTypeAllows() {
        byte[] frame = new byte[100_000];
        frame[0] = 0x0f;
        bansFor(Rule.NET_FRAME_SIZE, frame);
    }

    @Test
    void bansForTrailingBytes() {
        byte[] have = MessageCodec.encode(new Message.Have(List.of()));
        bansFor(Rule.ENC_TRAILING, Arrays.copyOf(have, have.length + 1));
    }

    @Test
    void bansForAFrameThatEndsTooEarly() {
        byte[] ping = MessageCodec.encode(new Message.Ping(5));
        bansFor(Rule.ENC_TRUNCATED, Arrays.copyOf(ping, ping.length - 1));
    }

    @Test
    void bansForAListOverItsLimit() {
        byte[] frame = ByteBuffer.allocate(3 + 32).put((byte) 0x03)
                .putShort((short) (WireLimits.MAX_LOCATOR + 1)).array();
        bansFor(Rule.ENC_LIMIT, frame);
    }

    @Test
    void bansForAnAmountThatOverflows() {
        Payment payment = world.pay(shared.freshCoins(), SOMEBODY, CHEESE, 1_000);
        bansFor(Rule.TRX_AMOUNT_RANGE, transactionsFrame(BrokenBytes.withFirstAmount(payment, -1)));
    }

    @Test
    void bansForAmountsWhoseSumIsTooMuch() {
        Payment payment = world.pay(shared.freshCoins(), SOMEBODY, CHEESE, 1_000);
        bansFor(Rule.TRX_AMOUNT_SUM, transactionsFrame(BrokenBytes.withFirstAmount(payment, Amount.MAX_CRUMBS)));
    }

    @Test
    void bansForAForgedSignature() {
        Payments.Input coins = shared.freshCoins();
        Payment good = world.pay(coins, SOMEBODY, CHEESE, 1_000);
        bansForPayment(Rule.TRX_SIGNATURE, BrokenBytes.signedForAnotherBody(good));
    }

    @Test
    void bansForASignatureOfAnotherNetwork() {
        Payments.Input coins = shared.freshCoins();
        PaymentBody body = world.pay(coins, SOMEBODY, CHEESE, 1_000).body();
        Smell local = Network.of(NetworkParameters.local()).id();
        bansForPayment(Rule.TRX_SIGNATURE, Payments.sign(local, body, List.of(coins.owner())));
    }

    @Test
    void refusesADoubleSpendPendingOrConfirmedWithoutBanningWhoMayNotKnow() {
        Payments.Input coins = shared.freshCoins();
        Payment first = world.pay(coins, SOMEBODY, CHEESE, 1_000);
        Payment second = world.pay(coins, SOMEBODY, 2 * CHEESE, 1_000);
        try (RawPeer peer = RawPeer.join(member, world.network().id(), nodeKey)) {
            give(peer, first);
            give(peer, second);
            assertThat(peer.rejected()).isEqualTo(Rule.TRX_INPUT_SPENT);
            shared.stack(first);
            give(peer, second);
            Message.Reject confirmed = peer.await(
                    Message.Reject.class, reject -> reject.subject().equals(second.fullId().hash()));
            assertThat(confirmed.rule()).isEqualTo(Rule.TRX_INPUT_SPENT);
            assertThat(confirmed.explanation()).contains(first.txid().toHex());
            assertThat(peer.isWelcome()).isTrue();
        }
        assertThat(member.stateOf(second.txid().toHex())).isEqualTo("unknown");
    }

    @Test
    void bansForACheeseThatSpendsACoinAgain() {
        Payments.Input coins = shared.freshCoins();
        shared.stack(world.pay(coins, SOMEBODY, CHEESE, 1_000));
        Payment again = Payments.pay(world.network(), coins, Payments.to(SOMEBODY, 2 * CHEESE));
        bansForCheese(Rule.TRX_INPUT_UNKNOWN, withPayments(again));
    }

    @Test
    void bansForACheeseWithTheSameOutputSpentTwice() {
        Payments.Input coins = shared.freshCoins();
        Payment one = world.pay(coins, SOMEBODY, CHEESE, 1_000);
        Payment two = world.pay(coins, SOMEBODY, 2 * CHEESE, 1_000);
        bansForCheese(Rule.CHS_DOUBLE_SPEND, withPayments(one, two));
    }

    @Test
    void bansForAWrongMerkleRoot() {
        Cheese good = world.next();
        CheeseHeader wrong = CheeseFactory.withHeader(good, BrokenBytes::withoutMerkleRoot).header();
        bansForCheese(Rule.CHS_MERKLE_ROOT, new Cheese(wrong, good.transactions()));
        shared.stack();
        assertThat(member.node().at("/sync/state").stringValue()).isEqualTo("idle");
    }

    @Test
    void bansForAWrongTarget() {
        CheeseHeader header = CheeseFactory.withHeader(world.next(), it -> BrokenBytes.withTarget(it, 0x2070_0000))
                .header();
        try (RawPeer peer = RawPeer.join(member, world.network().id(), nodeKey)) {
            peer.send(new Message.Headers(List.of(header)));
            assertBanned(peer, Rule.HDR_TARGET);
        }
    }

    @Test
    void bansForACoinbaseThatPaysTooMuch() {
        Cheese good = world.next();
        Coinbase rich = new Coinbase(good.height(), new byte[0], List.of(Payments.to(SOMEBODY, CHEESE + 1)));
        bansForCheese(Rule.CHS_COINBASE_AMOUNT, CheeseFactory.withTransactions(good, List.of(rich)));
    }

    private Cheese withPayments(Payment... payments) {
        Cheese empty = world.next();
        List<Transaction> all = new ArrayList<>(empty.transactions());
        all.addAll(List.of(payments));
        return CheeseFactory.withTransactions(empty, all);
    }

    private void bansFor(Rule rule, byte[] frame) {
        try (RawPeer peer = RawPeer.join(member, world.network().id(), nodeKey)) {
            peer.sendFrame(frame);
            assertBanned(peer, rule);
        }
    }

    private void bansForPayment(Rule rule, Payment payment) {
        try (RawPeer peer = RawPeer.join(member, world.network().id(), nodeKey)) {
            give(peer, payment);
            assertBanned(peer, rule);
        }
        assertThat(member.stateOf(payment.txid().toHex())).isEqualTo("unknown");
    }

    private void bansForCheese(Rule rule, Cheese cheese) {
        try (RawPeer peer = RawPeer.join(member, world.network().id(), nodeKey)) {
            peer.send(new Message.Headers(List.of(cheese.header())));
            peer.await(Message.GetCheeses.class, it -> it.smells().contains(cheese.smell()));
            peer.send(new Message.CheeseBody(cheese));
            assertBanned(peer, rule);
        }
        assertThat(member.call("GET", "/cheeses/" + cheese.smell().toHex(), "", Map.of()).status())
                .isEqualTo(404);
    }

    /** It is told the rule, cut off, and not let in again; who only shares its address is (see the end of each test). */
    private void assertBanned(RawPeer peer, Rule rule) {
        assertThat(peer.rejected()).isEqualTo(rule);
        assertThat(peer.awaitClosed()).startsWith(rule.id());
        try (RawPeer again = RawPeer.connect(member, world.network().id(), nodeKey)) {
            again.send(again.hello(world.network().id()));
            assertThat(again.awaitClosed()).startsWith(Rule.NET_BANNED.id());
        }
    }

    private static void give(RawPeer peer, Payment payment) {
        peer.send(new Message.Have(List.of(payment.fullId())));
        peer.await(Message.GetTransactions.class, it -> it.fullIds().contains(payment.fullId()));
        peer.send(new Message.Transactions(List.of(payment)));
    }

    private static byte[] transactionsFrame(byte[] payment) {
        return ByteBuffer.allocate(3 + payment.length).put((byte) 0x09).putShort((short) 1).put(payment).array();
    }
}
