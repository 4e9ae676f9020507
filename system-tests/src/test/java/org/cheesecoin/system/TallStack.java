package org.cheesecoin.system;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.consensus.NetworkParameters;
import org.cheesecoin.chain.consensus.NetworkParameters.OnDemandMining;
import org.cheesecoin.chain.consensus.NetworkParameters.Retargeting;
import org.cheesecoin.chain.consensus.Target;
import org.cheesecoin.chain.testing.Payments;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.chain.testing.TestWorld;
import org.cheesecoin.chain.wire.Message;
import org.cheesecoin.chain.wire.WireLimits;
import org.cheesecoin.system.strangers.Purse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A stack that is worth attacking: more headers than one message holds, old cheeses of three quarters of a megabyte, whose
 * coins fill every cache, and coins for strangers and honest ones. It is made here, mined a spacing apart in the past, and brought to a member as an
 * honest peer would; from there the network goes on with a cheese a second.
 */
final class TallStack {

    /** What a member of this network mines with, so that three of them find a cheese a second. */
    static final int HASHES_PER_SECOND = 1_000;

    private static final int MEMBERS = 3;
    private static final int HEIGHT = 2_050;
    private static final int FAT_CHEESES = 3;
    private static final int FAT_PAYMENTS = 8;
    private static final int OWNERS = 1_000;
    private static final int LAST_STRANGER = 500;
    private static final int POLL_MILLIS = 200;
    private static final long BRING_SECONDS = 60;
    private static final BigInteger ALL_SMELLS = BigInteger.ONE.shiftLeft(256);

    private final TestWorld world;
    private final Purse strangers;
    private final Purse honest;
    private final Smell fat;
    private final Map<Smell, Integer> heights = new HashMap<>();

    private TallStack(TestWorld world) {
        this.world = world;
        this.strangers = new Purse(world, FAT_CHEESES * FAT_PAYMENTS + 1, LAST_STRANGER);
        this.honest = new Purse(world, LAST_STRANGER + 1, OWNERS);
        this.fat = world.cheese(HEIGHT).smell();
        for (int height = 0; height <= HEIGHT; height++) {
            heights.put(world.header(height).smell(), height);
        }
    }

    /** Mines it, which takes some seconds. */
    static TallStack mined() {
        NetworkParameters parameters = new NetworkParameters("strangers", NetworkParameters.local().blueTimeMillis(),
                Target.roundedDown(ALL_SMELLS.divide(BigInteger.valueOf((long) MEMBERS * HASHES_PER_SECOND))).compact(),
                Retargeting.STEPWISE, 1_000, 30_000, 64, OnDemandMining.REFUSED, 3, 100_000_000, 1_500_000,
                IntStream.rangeClosed(1, OWNERS)
                        .mapToObj(owner -> Payments.to(TestKeys.key(owner), Purse.COIN_CRUMBS))
                        .toList());
        TestWorld world = TestWorld.of(parameters).mineEmpty(HEIGHT - FAT_CHEESES);
        Purse first = new Purse(world, 1, FAT_CHEESES * FAT_PAYMENTS);
        for (int i = 0; i < FAT_CHEESES; i++) {
            world.mine(Stream.generate(first::fat).limit(FAT_PAYMENTS).toArray(Payment[]::new));
        }
        return new TallStack(world);
    }

    NetworkParameters network() {
        return world.network().parameters();
    }

    Smell networkId() {
        return world.network().id();
    }

    /** An old cheese that is as long as those come. */
    Smell fat() {
        return fat;
    }

    int fatPayments() {
        return FAT_PAYMENTS;
    }

    /** Coins of the strangers. */
    Purse strangers() {
        return strangers;
    }

    /** Coins of those whose payments must be confirmed whatever strangers do. */
    Purse honest() {
        return honest;
    }

    /** Brings it to this member: announces the tip, and answers what the member asks until it has all. */
    void bringTo(Member member) {
        try (RawPeer peer = RawPeer.join(member, networkId(), TestKeys.key(999_999))) {
            peer.send(new Message.Headers(List.of(world.tip().header())));
            long endNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(BRING_SECONDS);
            while (member.tip().height() < HEIGHT && System.nanoTime() < endNanos) {
                peer.next(POLL_MILLIS).ifPresent(question -> answer(peer, question));
            }
        }
        assertThat(member.tip().height()).isEqualTo(HEIGHT);
        await().atMost(Members.SOON).until(() -> member.node().at("/sync/state").stringValue().equals("idle"));
    }

    private void answer(RawPeer peer, Message message) {
        switch (message) {
            case Message.GetHeaders question -> peer.send(headersAbove(question.locator()));
            case Message.GetCheeses question -> question.smells().forEach(
                    smell -> peer.send(new Message.CheeseBody(world.cheese(heights.get(smell)))));
            case Message.Ping ping -> peer.send(new Message.Pong(ping.nonce(), System.currentTimeMillis()));
            default -> {
                // what else it may say changes nothing
            }
        }
    }

    private Message.Headers headersAbove(List<Smell> locator) {
        int from = locator.stream().filter(heights::containsKey).findFirst().map(heights::get).orElse(0);
        return new Message.Headers(IntStream.rangeClosed(from + 1, Math.min(from + WireLimits.MAX_HEADERS, HEIGHT))
                .mapToObj(height -> world.header(height).header())
                .toList());
    }
}
