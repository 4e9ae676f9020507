package org.cheesecoin.system.strangers;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.cheesecoin.chain.cheese.FullId;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.Witness;
import org.cheesecoin.chain.crypto.Hash256;
import org.cheesecoin.chain.crypto.Signature;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.chain.testing.TestKeys.TestKey;
import org.cheesecoin.chain.wire.GossipUrl;
import org.cheesecoin.chain.wire.Message;
import org.cheesecoin.chain.wire.MessageCodec;
import org.cheesecoin.chain.wire.MessageType;

/** Messages that nobody asked for, each as long or as dear to check as its type can be. */
final class Telling {

    private static final int LINKS = 4;
    private static final int ROUNDS = 200;
    private static final long FEE_CRUMBS = 1_000;

    private Telling() {}

    static List<Attack> all() {
        return List.of(
                Attack.onMember("pings of the protocol", (aim, hands) -> tell(aim, hands, 500, Telling::ping)),
                Attack.onMember("pongs, rejects and not-founds", Telling::words),
                Attack.onMember("announcements of payments that never come", (aim, hands) -> tell(aim, hands, 5,
                        () -> new Message.Have(Forgeries.fullIds(1_000)))),
                Attack.onMember("headers on unknown parents", (aim, hands) -> tell(aim, hands, 50,
                        () -> new Message.Headers(Forgeries.headers(16)))),
                Attack.onMember("compact cheeses without work", (aim, hands) -> tell(aim, hands, 5,
                        Forgeries::compactWithoutWork)),
                Attack.onMember("compact cheeses on unknown parents", (aim, hands) -> tell(aim, hands, 5,
                        Forgeries::compactOnNothing)),
                Attack.onMember("peer records with forged signatures", (aim, hands) -> tell(aim, hands, 20,
                        () -> Message.Peers.of(Forgeries.records(aim.networkId(), url(aim), 100)))),
                Attack.onMember("megabytes of payments that nobody asked for", Telling::unaskedPayments),
                Attack.onMember("2 MB of a cheese that nobody asked for", Telling::unaskedCheeses),
                Attack.onMember("payments with forged signatures over REST", Telling::forgedPayments),
                Attack.onMember("double spends over REST", Telling::doubleSpends),
                Attack.onMember("payments of unknown coins, brought as asked", Telling::orphans),
                Attack.onMember("hellos that name URLs of others", Telling::urlsOfOthers),
                Attack.onMember("a mempool filled with cheap payments", Telling::cheapPayments).slow()
                        .leaving(Attack.Leaves.A_FULL_MEMPOOL));
    }

    private static GossipUrl url(Aim aim) {
        return new GossipUrl("ws://127.0.0.1:%d/gossip".formatted(aim.trackerPort()));
    }

    private static Message ping() {
        return new Message.Ping(Forgeries.number());
    }

    /** The same to the end by four, under a new id whenever one is cut off. */
    private static void tell(Aim aim, Hands hands, int times, Supplier<Message> word) {
        hands.side(LINKS, _ -> hands.again(ROUNDS, _ -> {
            RawLink link = RawLink.join(aim, hands).reading();
            for (int i = 0; i < ROUNDS && hands.isBusy(); i++) {
                link.say(word.get(), times);
                hands.rest(20);
            }
            link.drop();
        }));
    }

    private static void words(Aim aim, Hands hands) {
        List<Message> words = List.of(
                new Message.Pong(1, 1),
                new Message.Reject(Rule.TRX_SIGNATURE, Hash256.ZERO, "x".repeat(400)),
                new Message.NotFound(Forgeries.hashes(1_000)));
        for (Message word : words) {
            tell(aim, hands, 50, () -> word);
        }
    }

    private static void unaskedPayments(Aim aim, Hands hands) {
        List<Payment> payments = Collections.nCopies(9, aim.purse().ofNothing());
        byte[] message = MessageCodec.encode(new Message.Transactions(payments));
        hands.side(LINKS, _ -> hands.again(ROUNDS, _ -> {
            RawLink link = RawLink.join(aim, hands).reading();
            for (int i = 0; i < ROUNDS; i++) {
                link.say(message);
            }
        }));
    }

    private static void unaskedCheeses(Aim aim, Hands hands) {
        byte[] bytes = new byte[MessageType.CHEESE_BODY.frameLimitBytes()];
        bytes[0] = (byte) MessageType.CHEESE_BODY.firstByte();
        hands.side(LINKS, _ -> hands.again(ROUNDS, _ -> {
            RawLink link = RawLink.join(aim, hands).reading();
            for (int i = 0; i < ROUNDS; i++) {
                link.say(bytes);
            }
        }));
    }

    private static void forgedPayments(Aim aim, Hands hands) {
        Payment good = aim.purse().small(FEE_CRUMBS);
        TestKey owner = TestKeys.key(1);
        Signature forged = TestKeys.SCHEME.sign(owner.privateKey(), Forgeries.hash());
        Payment bad = new Payment(good.body(), List.of(new Witness(good.witnesses().getFirst().publicKey(), forged)));
        hands.side(LINKS, _ -> hands.again(ROUNDS, _ -> Asking.submit(aim, hands, bad)));
    }

    private static void doubleSpends(Aim aim, Hands hands) {
        List<Payment> payments = aim.purse().doubleSpends(ROUNDS);
        hands.side(LINKS, _ -> hands.again(ROUNDS, number -> Asking.submit(aim, hands, payments.get(number))));
    }

    private static void orphans(Aim aim, Hands hands) {
        hands.side(LINKS, _ -> hands.again(ROUNDS, _ -> {
            List<Payment> payments = Stream.generate(aim.purse()::ofNothing).limit(5).toList();
            List<FullId> fullIds = payments.stream().map(Payment::fullId).toList();
            RawLink link = RawLink.join(aim, hands).say(new Message.Have(fullIds));
            byte[] _ = link.hear(Message.GetTransactions.class);
            link.say(new Message.Transactions(payments));
            hands.rest(50);
            link.drop();
        }));
    }

    private static void urlsOfOthers(Aim aim, Hands hands) {
        hands.side(LINKS, _ -> hands.again(ROUNDS, number -> {
            int host = 1 + number % 250;
            GossipUrl url = new GossipUrl("ws://127.9.%d.%d:%d/gossip".formatted(host, host, 1_000 + number));
            RawLink link = RawLink.open(aim, hands).shakeHands(Optional.of(url)).reading();
            hands.rest(20);
            link.drop();
        }));
    }

    private static void cheapPayments(Aim aim, Hands hands) {
        try (Aim.Still _ = aim.stillness().begin()) {
            List<Payment> payments = IntStream.range(0, 40).mapToObj(_ -> aim.purse().fat()).toList();
            hands.again(payments.size(), number -> Asking.submit(aim, hands, payments.get(number)));
        }
    }
}
