package org.cheesecoin.member.peering;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.CheeseHeader;
import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.consensus.Network;
import org.cheesecoin.chain.consensus.NetworkParameters;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.chain.wire.Message;
import org.cheesecoin.membertest.RawGossip;
import org.cheesecoin.membertest.RunningMember;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What a member answers from its stack, on raw sockets. */
class ServingTest {

    private static final Network NETWORK = Network.of(NetworkParameters.test());
    private static final int HEIGHT = 30;

    @TempDir private static Path folder;

    private static RunningMember member;

    @BeforeAll
    static void start() {
        member = RunningMember.in(folder);
        member.mine(HEIGHT, TestKeys.key(1).address());
    }

    @AfterAll
    static void stop() {
        member.close();
    }

    @Test
    void answersHeadersAboveTheFirstThatIsOnItsBranch() throws Exception {
        try (RawGossip peer = join(700)) {
            List<CheeseHeader> all = headers(peer, List.of());
            assertThat(all).hasSize(HEIGHT).extracting(CheeseHeader::height).first().isEqualTo(1);

            Smell tenth = all.get(9).smell();
            assertThat(headers(peer, List.of(unknown(), tenth, all.get(4).smell(), NETWORK.id())))
                    .isEqualTo(all.subList(10, HEIGHT));
            assertThat(headers(peer, List.of(all.getLast().smell()))).isEmpty();
            assertThat(headers(peer, List.of(unknown(), unknown()))).isEqualTo(all);
        }
    }

    @Test
    void answersCheesesInOrderAndSaysWhichAreNotThere() throws Exception {
        try (RawGossip peer = join(701)) {
            List<Smell> smells = headers(peer, List.of()).stream().map(CheeseHeader::smell).limit(5).toList();
            List<Smell> asked = new ArrayList<>(smells);
            asked.add(2, unknown());

            peer.send(new Message.GetCheeses(asked));

            for (Smell smell : smells) {
                assertThat(peer.await(Message.CheeseBody.class).cheese().smell()).isEqualTo(smell);
            }
            assertThat(peer.await(Message.NotFound.class).hashes()).containsExactly(unknown().hash());
        }
    }

    @Test
    void saysThatACheeseWhosePaymentsAreAskedForIsNotThere() throws Exception {
        try (RawGossip peer = join(702)) {
            peer.send(new Message.GetCheeseTransactions(unknown(), List.of(1)));

            assertThat(peer.await(Message.NotFound.class).hashes()).containsExactly(unknown().hash());
        }
    }

    @Test
    void goesOnReadingItsStoreWhoeverHangsUpWhileItIsServed() throws Exception {
        List<Smell> smells;
        try (RawGossip peer = join(703)) {
            smells = headers(peer, List.of()).stream().map(CheeseHeader::smell).toList();
        }
        for (int i = 0; i < 60; i++) {
            try (RawGossip peer = join(704 + i)) {
                for (int j = 0; j < 4; j++) {
                    peer.send(new Message.GetCheeses(smells));
                }
                for (int j = 0; j < i % 20; j++) {
                    peer.await(Message.CheeseBody.class);
                }
            }
            assertThat(member.http().get("/cheeses/tip").status()).isEqualTo(200);
        }
        try (RawGossip peer = join(799)) {
            peer.send(new Message.GetCheeses(smells.subList(0, 1)));
            Cheese cheese = peer.await(Message.CheeseBody.class).cheese();
            assertThat(cheese.smell()).isEqualTo(smells.getFirst());
        }
    }

    private static RawGossip join(int key) throws Exception {
        return RawGossip.open(member.port()).join(NETWORK.id(), TestKeys.key(key));
    }

    private static List<CheeseHeader> headers(RawGossip peer, List<Smell> locator) throws Exception {
        peer.send(new Message.GetHeaders(locator));
        return peer.await(Message.Headers.class).headers();
    }

    private static Smell unknown() {
        return new Smell(org.cheesecoin.chain.crypto.Sha256.hash(new byte[]{1, 2, 3}));
    }
}
