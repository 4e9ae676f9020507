package org.cheesecoin.system.strangers;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.cheesecoin.chain.cheese.FullId;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.crypto.Hash256;
import org.cheesecoin.chain.wire.Message;
import org.cheesecoin.chain.wire.MessageType;

/** Questions of a few bytes whose answers are long or dear, asked faster than anybody reads. */
final class Asking {

    private static final int LINKS = 4;
    private static final int QUESTIONS = 200;
    private static final Message.GetHeaders ALL_HEADERS = new Message.GetHeaders(List.of());

    private Asking() {}

    static List<Attack> all() {
        return List.of(
                Attack.onMember("headers asked for 200 times, unread", Asking::headersUnread),
                Attack.onMember("headers asked for without end, read", Asking::headersRead),
                Attack.onMember("locators of unknown smells", (aim, hands) -> ask(aim, hands,
                        new Message.GetHeaders(Forgeries.smells(64)))),
                Attack.onMember("old cheeses asked for on 60 links, unread", Asking::cheesesUnread),
                Attack.onMember("old cheeses asked for without end, read", Asking::cheesesRead),
                Attack.onMember("unknown cheeses asked for", (aim, hands) -> ask(aim, hands,
                        new Message.GetCheeses(Forgeries.smells(128)))),
                Attack.onMember("a cheese's payments asked for, unread", Asking::cheesePaymentsUnread),
                Attack.onMember("a cheese's payments asked for without end, read", Asking::cheesePaymentsRead),
                Attack.onMember("a cheese's payments asked for by no position", Asking::noPosition),
                Attack.onMember("waiting payments asked for on 8 links, unread", Asking::waitingPayments).slow(),
                Attack.onMember("unknown payments asked for", (aim, hands) -> ask(aim, hands,
                        new Message.GetTransactions(Forgeries.fullIds(1_000)))),
                Attack.onMember("peers asked for", (aim, hands) -> ask(aim, hands, new Message.GetPeers())));
    }

    private static void headersUnread(Aim aim, Hands hands) throws IOException {
        RawLink.join(aim, hands).say(ALL_HEADERS, QUESTIONS);
        hands.stay();
    }

    private static void headersRead(Aim aim, Hands hands) {
        ask(aim, hands, ALL_HEADERS);
    }

    /** The same question by four who read the answers, under a new id whenever one is cut off. */
    private static void ask(Aim aim, Hands hands, Message question) {
        hands.side(LINKS, _ -> hands.again(QUESTIONS, _ -> {
            RawLink link = RawLink.join(aim, hands).reading();
            for (int i = 0; i < QUESTIONS && hands.isBusy(); i++) {
                link.say(question, 50);
                hands.rest(10);
            }
            link.drop();
        }));
    }

    private static void cheesesUnread(Aim aim, Hands hands) {
        Message question = new Message.GetCheeses(Collections.nCopies(128, aim.fat()));
        hands.side(60, _ -> {
            RawLink.join(aim, hands).say(question, 4);
            hands.stay();
        });
    }

    private static void cheesesRead(Aim aim, Hands hands) {
        ask(aim, hands, new Message.GetCheeses(Collections.nCopies(128, aim.fat())));
    }

    private static Message.GetCheeseTransactions cheesePayments(Aim aim) {
        return new Message.GetCheeseTransactions(aim.fat(),
                IntStream.rangeClosed(1, aim.fatPayments()).boxed().toList());
    }

    private static void cheesePaymentsUnread(Aim aim, Hands hands) {
        Message question = cheesePayments(aim);
        hands.side(LINKS, _ -> {
            RawLink.join(aim, hands).say(question, 60);
            hands.stay();
        });
    }

    private static void cheesePaymentsRead(Aim aim, Hands hands) {
        ask(aim, hands, cheesePayments(aim));
    }

    private static void noPosition(Aim aim, Hands hands) {
        // our own codec refuses to make it
        byte[] question = ByteBuffer.allocate(1 + Hash256.BYTES + 2)
                .put((byte) MessageType.GET_CHEESE_TRANSACTIONS.firstByte())
                .put(aim.fat().hash().toBytes())
                .array();
        hands.side(LINKS, _ -> hands.again(5, _ -> {
            RawLink link = RawLink.join(aim, hands).reading().say(question, 1_250);
            hands.rest(1_000);
            link.drop();
        }));
    }

    private static void waitingPayments(Aim aim, Hands hands) throws IOException {
        List<Payment> payments = Stream.concat(aim.purse().smallOnes(50).stream(),
                Stream.generate(aim.purse()::fat).limit(6)).toList();
        List<FullId> fullIds = payments.stream().map(Payment::fullId).toList();
        try (Aim.Still _ = aim.stillness().begin()) {
            for (Payment payment : payments) {
                submit(aim, hands, payment);
            }
            hands.side(8, _ -> {
                RawLink.join(aim, hands).say(new Message.GetTransactions(fullIds), 40);
                hands.stay();
            });
            hands.stay();
        }
    }

    /** Brings a payment over REST, as anybody may. */
    static void submit(Aim aim, Hands hands, Payment payment) throws IOException {
        String body = "{\"hex\": \"" + HexFormat.of().formatHex(payment.toBytes()) + "\"}";
        Line line = hands.dial(aim.memberPort());
        line.write(Requests.post(aim.memberPort(), "/transactions", body.length(), "application/json") + body);
        String _ = line.readHead();
        hands.drop(line);
    }
}
