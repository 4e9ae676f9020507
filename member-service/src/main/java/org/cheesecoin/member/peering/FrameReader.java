package org.cheesecoin.member.peering;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The frames of RFC 6455 in a stream of bytes: no extension, no text, no sockets. Whoever drives it sees each frame when it
 * begins, so that none goes uncounted. Data is handed on in the parts in which it arrives and never kept.
 */
final class FrameReader {

    /** Largest payload of a control frame (RFC 6455, 5.5). */
    static final int MAX_CONTROL_BYTES = 125;

    private static final int FIN = 0x80;
    private static final int RESERVED = 0x70;
    private static final int CONTROL = 0x08;
    private static final int MASKED = 0x80;
    private static final int LENGTH_16 = 126;
    private static final int LENGTH_64 = 127;
    private static final int MASK_BYTES = 4;
    private static final int MAX_HEADER_BYTES = 14;

    private final GossipSocket.Side side;
    private final byte[] header = new byte[MAX_HEADER_BYTES];
    private final ByteBuffer control = ByteBuffer.allocate(MAX_CONTROL_BYTES);
    private State state = State.HEADER;
    private Message message = Message.NONE;
    private int headerBytes;
    private int neededHeaderBytes = 2;
    private long payloadBytes;
    private long restBytes;

    private enum State {
        HEADER,
        PAYLOAD,
        FAILED
    }

    /** Whether a message of several frames is under way. */
    private enum Message {
        NONE,
        UNFINISHED
    }

    /** What was seen. */
    sealed interface Event {

        /**
         * A frame begins. Its payload follows, in events of its own.
         *
         * @param payloadBytes how much
         */
        record Began(long payloadBytes) implements Event {}

        /**
         * Some of a message's data, without its mask. The buffer is valid until the next call.
         *
         * @param part the bytes
         * @param comingBytes how many are still to come of this frame
         * @param frame where its frame stands in the message
         */
        record Data(ByteBuffer part, long comingBytes, FrameAssembler.Position frame) implements Event {}

        /**
         * A ping is here.
         *
         * @param payload what the pong must say
         */
        record Ping(byte[] payload) implements Event {}

        /** A pong is here. */
        record Pong() implements Event {}

        /**
         * The other end says goodbye.
         *
         * @param code its reason, or 1005 where it gave none
         * @param words what it says beside, a stranger's text of any characters
         */
        record Goodbye(int code, String words) implements Event {}

        /**
         * The bytes are no frame, and nothing that follows can be read.
         *
         * @param code how to close
         * @param what what is wrong
         */
        record Fault(int code, String what) implements Event {}
    }

    /** @param side which end reads: what a dialler sends is masked, what a listener sends is not */
    FrameReader(GossipSocket.Side side) {
        this.side = side;
    }

    /** Takes bytes up to the next event; empty where there are too few. Unmasks data in place. */
    Optional<Event> next(ByteBuffer in) {
        return switch (state) {
            case HEADER -> header(in);
            case PAYLOAD -> isControl() ? control(in) : data(in);
            case FAILED -> {
                in.position(in.limit());
                yield Optional.empty();
            }
        };
    }

    private Optional<Event> header(ByteBuffer in) {
        while (in.hasRemaining()) {
            header[headerBytes++] = in.get();
            if (headerBytes == 2) {
                Optional<String> fault = faultOfFirstBytes();
                if (fault.isPresent()) {
                    return fail(opcode() == 0x1 ? CloseCode.NOT_ACCEPTABLE : CloseCode.PROTOCOL_ERROR,
                            fault.get());
                }
                neededHeaderBytes = 2 + lengthBytes() + (isMasked() ? MASK_BYTES : 0);
            }
            if (headerBytes == neededHeaderBytes) {
                return began();
            }
        }
        return Optional.empty();
    }

    private Optional<String> faultOfFirstBytes() {
        if ((header[0] & RESERVED) != 0) {
            return Optional.of("a reserved bit is set, and no extension was agreed on");
        }
        if (isMasked() != (side == GossipSocket.Side.LISTENER)) {
            return Optional.of("a dialler masks its frames, a listener does not");
        }
        return switch (opcode()) {
            case 0x0 -> message == Message.NONE ? Optional.of("a continuation of nothing") : Optional.empty();
            case 0x1 -> Optional.of("text is not spoken here");
            case 0x2 -> message == Message.NONE ? Optional.empty() : Optional.of("a message within another");
            case 0x8, 0x9, 0xa -> {
                if (!isLastFrame()) {
                    yield Optional.of("a control frame in fragments");
                }
                yield shortLength() > MAX_CONTROL_BYTES ? Optional.of("a control frame over 125 bytes")
                        : Optional.empty();
            }
            default -> Optional.of("opcode " + opcode() + " is reserved");
        };
    }

    private Optional<Event> began() {
        payloadBytes = switch (lengthBytes()) {
            case 0 -> shortLength();
            case 2 -> ByteBuffer.wrap(header).getChar(2);
            default -> ByteBuffer.wrap(header).getLong(2);
        };
        if (payloadBytes < 0) {
            return fail(CloseCode.PROTOCOL_ERROR, "a length of 64 bits");
        }
        boolean isShortest = switch (lengthBytes()) {
            case 0 -> true;
            case 2 -> payloadBytes >= LENGTH_16;
            default -> payloadBytes > Character.MAX_VALUE;
        };
        if (!isShortest) {
            return fail(CloseCode.PROTOCOL_ERROR, "a length that is not written in its shortest form");
        }
        restBytes = payloadBytes;
        state = State.PAYLOAD;
        return Optional.of(new Event.Began(payloadBytes));
    }

    private Optional<Event> data(ByteBuffer in) {
        int length = (int) Math.min(restBytes, in.remaining());
        if (length == 0 && restBytes > 0) {
            return Optional.empty();
        }
        ByteBuffer part = in.slice(in.position(), length);
        in.position(in.position() + length);
        unmask(part);
        restBytes -= length;
        FrameAssembler.Position frame = isLastFrame() ? FrameAssembler.Position.LAST : FrameAssembler.Position.INNER;
        if (restBytes == 0) {
            message = isLastFrame() ? Message.NONE : Message.UNFINISHED;
            frameEnded();
        }
        return Optional.of(new Event.Data(part, restBytes, frame));
    }

    private Optional<Event> control(ByteBuffer in) {
        int length = (int) Math.min(restBytes, in.remaining());
        ByteBuffer part = in.slice(in.position(), length);
        in.position(in.position() + length);
        unmask(part);
        control.put(part);
        restBytes -= length;
        if (restBytes > 0) {
            return Optional.empty();
        }
        byte[] payload = new byte[control.flip().remaining()];
        control.get(payload).clear();
        int opcode = opcode();
        frameEnded();
        return switch (opcode) {
            case 0x8 -> goodbye(payload);
            case 0x9 -> Optional.of(new Event.Ping(payload));
            default -> Optional.of(new Event.Pong());
        };
    }

    private Optional<Event> goodbye(byte[] payload) {
        if (payload.length == 0) {
            return Optional.of(new Event.Goodbye(CloseCode.NONE, ""));
        }
        if (payload.length == 1 || !CloseCode.maySend(ByteBuffer.wrap(payload).getChar())) {
            return fail(CloseCode.PROTOCOL_ERROR, "a reason for closing that is none");
        }
        try {
            String words = StandardCharsets.UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(payload, 2, payload.length - 2))
                    .toString();
            return Optional.of(new Event.Goodbye(ByteBuffer.wrap(payload).getChar(), words));
        } catch (CharacterCodingException _) {
            return fail(CloseCode.NOT_UTF_8, "a reason for closing that is no UTF-8");
        }
    }

    private void unmask(ByteBuffer part) {
        if (isMasked()) {
            int at = (int) ((payloadBytes - restBytes) % MASK_BYTES);
            int mask = headerBytes - MASK_BYTES;
            for (int i = 0; i < part.limit(); i++) {
                part.put(i, (byte) (part.get(i) ^ header[mask + (at + i) % MASK_BYTES]));
            }
        }
    }

    private void frameEnded() {
        state = State.HEADER;
        headerBytes = 0;
        neededHeaderBytes = 2;
    }

    private Optional<Event> fail(int code, String what) {
        state = State.FAILED;
        return Optional.of(new Event.Fault(code, what));
    }

    private int opcode() {
        return header[0] & 0x0f;
    }

    private boolean isControl() {
        return (header[0] & CONTROL) != 0;
    }

    private boolean isLastFrame() {
        return (header[0] & FIN) != 0;
    }

    private boolean isMasked() {
        return (header[1] & MASKED) != 0;
    }

    private int shortLength() {
        return header[1] & ~MASKED & 0xff;
    }

    private int lengthBytes() {
        return switch (shortLength()) {
            case LENGTH_16 -> 2;
            case LENGTH_64 -> 8;
            default -> 0;
        };
    }
}
