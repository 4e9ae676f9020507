package org.cheesecoin.chain.node;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import org.cheesecoin.chain.cheese.Amount;
import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.CheeseHeader;
import org.cheesecoin.chain.cheese.FullId;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.Transaction;
import org.cheesecoin.chain.consensus.Network;
import org.cheesecoin.chain.consensus.NetworkParameters;
import org.cheesecoin.chain.crypto.Hash256;
import org.cheesecoin.chain.testing.CheeseFactory;
import org.cheesecoin.chain.testing.Payments;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.chain.testing.TestWorld;
import org.cheesecoin.chain.wire.Message;
import org.cheesecoin.chain.wire.MessageCodec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What a stranger can send wrong: each refused with its rule, and penalised by the design. */
class FaultsOverTheWireTest {

    private static final TestWorld WORLD = TestWorld.rich(4);
    private static final Payment CONFIRMED = WORLD.pay(WORLD.allocation(4), TestKeys.key(5), 1_000, 500);

    static {
        WORLD.mine(CONFIRMED);
        WORLD.mineEmpty(2);
    }

    private static final int BAN = Rule.BAN_POINTS;

    record Fault(String name, Rule rule, int points, Stream<byte[]> frames) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Fault> faults() {
        Payment first = WORLD.pay(WORLD.allocation(1), TestKeys.key(5), 1_000, 500);
        Payment second = WORLD.pay(WORLD.allocation(1), TestKeys.key(6), 2_000, 500);
        Payment forged = Payments.sign(WORLD.network().id(), first.body(), List.of(TestKeys.key(2)));
        Payment broken = new Payment(first.body(), second.witnesses());
        Network elsewhere = Network.of(NetworkParameters.test());
        Payment replayed = Payments.sign(elsewhere.id(), first.body(), List.of(TestKeys.key(1)));
        Cheese good = WORLD.next(first);
        return Stream.of(
                cheese("the same output spent twice in a cheese", Rule.CHS_DOUBLE_SPEND,
                        CheeseFactory.withTransactions(good, List.of(coinbase(good), first, second))),
                cheese("a spent output spent again", Rule.TRX_INPUT_UNKNOWN, spentAgain()),
                cheese("a forged signature in a cheese", Rule.TRX_SIGNATURE,
                        CheeseFactory.withTransactions(good, List.of(coinbase(good), broken))),
                cheese("another's key in a cheese", Rule.TRX_WITNESS_MISSING,
                        CheeseFactory.withTransactions(good, List.of(coinbase(good), forged))),
                cheese("a wrong Merkle root", Rule.CHS_MERKLE_ROOT, new Cheese(
                        good.header(), List.of(coinbase(good), second))),
                cheese("a coinbase that pays too much", Rule.CHS_COINBASE_AMOUNT, CheeseFactory.on(
                        WORLD.network(), WORLD.tip(), good.header().timeMillis(), TestKeys.key(0).address(),
                        new Amount(501), List.of(first))),
                new Fault("a wrong target", Rule.HDR_TARGET, BAN, Stream.of(headers(
                        CheeseFactory.withHeader(good, header -> withTarget(header, header.compactTarget() - 1))
                                .header()))),
                payment("a forged signature", Rule.TRX_SIGNATURE, BAN, broken),
                payment("a signature from another network", Rule.TRX_SIGNATURE, BAN, replayed),
                payment("another's key", Rule.TRX_WITNESS_MISSING, 0, forged),
                new Fault("an amount that overflows", Rule.TRX_AMOUNT_RANGE, BAN, Stream.of(overflow(first))),
                new Fault("a list beyond its limit", Rule.ENC_LIMIT, BAN,
                        Stream.of(ByteBuffer.allocate(3 + 1_001 * 32).put((byte) 7).putShort((short) 1_001).array())),
                new Fault("trailing bytes", Rule.ENC_TRAILING, BAN,
                        Stream.of(Arrays.copyOf(MessageCodec.encode(new Message.Ping(1)), 10))),
                new Fault("an unknown message", Rule.ENC_VERSION, BAN, Stream.of(new byte[]{(byte) 0xee})));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void isRefusedWithItsRule(Fault fault) {
        NodeBench bench = NodeBench.in(WORLD);
        TestPeer peer = bench.peer(100);
        bench.outputs.clear();

        fault.frames().forEach(frame -> bench.frame(peer.link, frame));

        assertThat(peer.rejects(bench.outputs)).contains(fault.rule());
        assertThat(NodeBench.only(bench.outputs, Output.Refused.class))
                .anyMatch(refused -> refused.violation().rule() == fault.rule());
        assertThat(bench.store.tip().height()).isEqualTo(3);
        List<Output.Banned> banned = NodeBench.only(bench.outputs, Output.Banned.class);
        if (fault.points() >= BAN) {
            assertThat(banned).singleElement().satisfies(ban -> {
                assertThat(ban.nodeId()).contains(peer.id());
                assertThat(ban.reason().rule()).isEqualTo(fault.rule());
            });
            assertThat(NodeBench.closed(bench.outputs, peer.link)).containsExactly(fault.rule());
        } else {
            assertThat(banned).isEmpty();
            assertThat(peer.isReady()).isTrue();
        }
    }

    private static Fault cheese(String name, Rule rule, Cheese cheese) {
        return new Fault(name, rule, BAN,
                Stream.of(headers(cheese.header()), MessageCodec.encode(new Message.CheeseBody(cheese))));
    }

    private static Fault payment(String name, Rule rule, int points, Payment payment) {
        List<FullId> fullIds = List.of(payment.fullId());
        return new Fault(name, rule, points, Stream.of(
                MessageCodec.encode(new Message.Have(fullIds)),
                MessageCodec.encode(new Message.Transactions(List.of(payment)))));
    }

    private static byte[] headers(CheeseHeader header) {
        return MessageCodec.encode(new Message.Headers(List.of(header)));
    }

    private static Transaction coinbase(Cheese cheese) {
        return cheese.transactions().getFirst();
    }

    private static Cheese spentAgain() {
        Payment again = Payments.pay(
                WORLD.network(), WORLD.allocation(4), Payments.to(TestKeys.key(3), 5));
        return CheeseFactory.on(WORLD.network(), WORLD.tip(), WORLD.tip().header().timeMillis() + 1,
                TestKeys.key(0).address(), Amount.ZERO, List.of(again));
    }

    private static CheeseHeader withTarget(CheeseHeader header, int compactTarget) {
        return new CheeseHeader(header.version(), header.height(), header.parentSmell(), header.merkleRoot(),
                header.timeMillis(), compactTarget, 0);
    }

    /** The payment's frames with its first amount replaced by more than all money. */
    private static byte[] overflow(Payment payment) {
        byte[] frame = MessageCodec.encode(new Message.Transactions(List.of(payment)));
        byte[] amount = ByteBuffer.allocate(8).putLong(payment.outputs().getFirst().amount().crumbs()).array();
        for (int i = 0; i + 8 <= frame.length; i++) {
            if (Arrays.equals(frame, i, i + 8, amount, 0, 8)) {
                ByteBuffer.wrap(frame).putLong(i, Long.MAX_VALUE);
                return frame;
            }
        }
        throw new IllegalStateException("no amount in " + Hash256.ZERO);
    }
}
