package org.cheesecoin.chain.wire;

import java.util.Arrays;

import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.CheeseHeader;
import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.chain.crypto.Hash256;
import org.cheesecoin.chain.crypto.PublicKey;
import org.cheesecoin.chain.crypto.Signature;

/** The first byte of a frame, and how long the frame may be: no longer than the longest message of its type. */
public enum MessageType {

    HELLO(1, Phase.HANDSHAKE, Message.Hello.class,
            2 + 1 + Hash256.BYTES + PublicKey.BYTES + Hash256.BYTES + Sizes.URL + 32 + 4),
    PROOF(2, Phase.HANDSHAKE, Message.Proof.class, Signature.BYTES),
    GET_HEADERS(3, Phase.JOINED, Message.GetHeaders.class, Sizes.list(WireLimits.MAX_LOCATOR, Hash256.BYTES)),
    HEADERS(4, Phase.JOINED, Message.Headers.class, Sizes.list(WireLimits.MAX_HEADERS, CheeseHeader.BYTES)),
    GET_CHEESES(5, Phase.JOINED, Message.GetCheeses.class, Sizes.list(WireLimits.MAX_GET_CHEESES, Hash256.BYTES)),
    CHEESE_BODY(6, Phase.JOINED, Message.CheeseBody.class, Cheese.MAX_BYTES),
    HAVE(7, Phase.JOINED, Message.Have.class, Sizes.list(WireLimits.MAX_FULL_IDS, Hash256.BYTES)),
    GET_TRANSACTIONS(8, Phase.JOINED, Message.GetTransactions.class,
            Sizes.list(WireLimits.MAX_FULL_IDS, Hash256.BYTES)),
    TRANSACTIONS(9, Phase.JOINED, Message.Transactions.class, 2 + WireLimits.MAX_TRANSACTIONS_BYTES),
    COMPACT_CHEESE(10, Phase.JOINED, Message.CompactCheese.class,
            CheeseHeader.BYTES + 8 + WireLimits.MAX_COMPACT_COINBASE_BYTES
                    + Sizes.list(WireLimits.MAX_SHORT_IDS, WireLimits.SHORT_ID_BYTES)),
    GET_CHEESE_TRANSACTIONS(11, Phase.JOINED, Message.GetCheeseTransactions.class,
            Hash256.BYTES + Sizes.list(WireLimits.MAX_SHORT_IDS, 2)),
    CHEESE_TRANSACTIONS(12, Phase.JOINED, Message.CheeseTransactions.class,
            Hash256.BYTES + 2 + WireLimits.MAX_CHEESE_TRANSACTIONS_BYTES),
    GET_PEERS(13, Phase.JOINED, Message.GetPeers.class, 0),
    PEERS(14, Phase.JOINED, Message.Peers.class, Sizes.list(WireLimits.MAX_PEER_RECORDS,
            Hash256.BYTES + PublicKey.BYTES + Sizes.URL + 8 + Signature.BYTES)),
    PING(15, Phase.JOINED, Message.Ping.class, 8),
    PONG(16, Phase.JOINED, Message.Pong.class, 16),
    NOT_FOUND(17, Phase.JOINED, Message.NotFound.class, Sizes.list(WireLimits.MAX_NOT_FOUND, Hash256.BYTES)),
    REJECT(18, Phase.HANDSHAKE, Message.Reject.class,
            1 + WireLimits.MAX_RULE_ID_CHARS + Hash256.BYTES + 2 + WireLimits.MAX_EXPLANATION_CHARS);

    /** How far a connection has come. */
    public enum Phase {
        /** Until the other end's proof was found good. */
        HANDSHAKE,
        /** From then on. */
        JOINED
    }

    private static final class Sizes {
        private static final int URL = 1 + GossipUrl.MAX_CHARS;

        private static int list(int limit, int bytesEach) {
            return 2 + limit * bytesEach;
        }
    }

    private final int firstByte;
    private final Phase earliest;
    private final Class<? extends Message> message;
    private final int frameLimitBytes;

    MessageType(int firstByte, Phase earliest, Class<? extends Message> message, int bodyLimitBytes) {
        this.firstByte = firstByte;
        this.earliest = earliest;
        this.message = message;
        this.frameLimitBytes = 1 + bodyLimitBytes;
    }

    /** The type with this first byte, or ENC-VERSION. */
    public static Outcome<MessageType> of(int firstByte) {
        return Arrays.stream(values())
                .filter(type -> type.firstByte == firstByte)
                .findFirst()
                .map(Outcome::passed)
                .orElseGet(() -> Outcome.refused(Violation.of(Rule.ENC_VERSION).with("messageType", firstByte)));
    }

    /** The type of this message. */
    public static MessageType of(Message message) {
        return switch (message) {
            case Message.Hello _ -> HELLO;
            case Message.Proof _ -> PROOF;
            case Message.GetHeaders _ -> GET_HEADERS;
            case Message.Headers _ -> HEADERS;
            case Message.GetCheeses _ -> GET_CHEESES;
            case Message.CheeseBody _ -> CHEESE_BODY;
            case Message.Have _ -> HAVE;
            case Message.GetTransactions _ -> GET_TRANSACTIONS;
            case Message.Transactions _ -> TRANSACTIONS;
            case Message.CompactCheese _ -> COMPACT_CHEESE;
            case Message.GetCheeseTransactions _ -> GET_CHEESE_TRANSACTIONS;
            case Message.CheeseTransactions _ -> CHEESE_TRANSACTIONS;
            case Message.GetPeers _ -> GET_PEERS;
            case Message.Peers _ -> PEERS;
            case Message.Ping _ -> PING;
            case Message.Pong _ -> PONG;
            case Message.NotFound _ -> NOT_FOUND;
            case Message.Reject _ -> REJECT;
        };
    }

    /**
     * The longest frame that may begin with this byte now, in bytes, the byte itself included. Whoever assembles a frame
     * from parts asks as soon as the first byte is there, and gives up (NET-FRAME-SIZE) where more arrive. The phase is
     * {@link Phase#JOINED} only after the other end's proof was found good, so nothing more is read between a Proof and
     * that finding.
     *
     * @return the limit; ENC-VERSION for an unknown type; NET-HANDSHAKE for one that may not come yet
     */
    public static Outcome<Integer> frameLimitBytes(int firstByte, Phase phase) {
        return of(firstByte).then(type -> type.earliest.compareTo(phase) > 0
                ? Outcome.refused(Violation.of(Rule.NET_HANDSHAKE).with("messageType", type.messageName()))
                : Outcome.passed(type.frameLimitBytes));
    }

    /** The first byte of its frames, from 1 to 255. */
    public int firstByte() {
        return firstByte;
    }

    /** From when on it may come. */
    public Phase earliest() {
        return earliest;
    }

    /** Which message it stands for. */
    public Class<? extends Message> message() {
        return message;
    }

    /** The message's name, as {@code GetHeaders}. */
    public String messageName() {
        return message.getSimpleName();
    }

    /** Longest frame once the handshake is complete, in bytes, the type's byte included. */
    public int frameLimitBytes() {
        return frameLimitBytes;
    }
}
