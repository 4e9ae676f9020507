package org.cheesecoin.chain.node;

import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.chain.wire.Printable;

/** Why a connection is gone, where it was not the node that ended it. */
public sealed interface LinkEnd {

    /** Longest words of the other end, in characters: as many as a close frame has room for (RFC 6455, 5.5). */
    int MAX_WORDS_CHARS = 123;

    /** Nobody said why: the connection broke, or the other end hung up. */
    record Unsaid() implements LinkEnd {}

    /**
     * The other end closed it and said why.
     *
     * @param code its close code (RFC 6455, 7.4)
     * @param words its own, a stranger's: printable ASCII, at most {@link #MAX_WORDS_CHARS}, maybe none
     */
    record Told(int code, String words) implements LinkEnd {

        /** Cuts the words to what may be kept and shown. */
        public Told {
            words = Printable.cut(words, MAX_WORDS_CHARS);
        }
    }

    /**
     * The driver ended it for a rule that needs no look at a message, as where the other end is too slow.
     *
     * @param violation which
     */
    record Ours(Violation violation) implements LinkEnd {}

    /**
     * What the other end sent is no frame of WebSocket.
     *
     * @param fault what is wrong with it
     */
    record NoFrames(String fault) implements LinkEnd {}

    /** Why a dial came to nothing that ended so before the handshake was done, for the owner. */
    default String ofHandshake() {
        return switch (this) {
            case Unsaid() -> "It hung up before the handshake was done";
            case Told(int code, String words) when words.isEmpty() ->
                    "It closed the connection before the handshake was done (%d)".formatted(code);
            case Told(int code, String words) ->
                    "It closed the connection before the handshake was done (%d), and says: \"%s\"".formatted(code,
                            words);
            case Ours(Violation violation) -> violation.message();
            case NoFrames(String fault) -> "What it sent is no frame of WebSocket: " + fault;
        };
    }
}
