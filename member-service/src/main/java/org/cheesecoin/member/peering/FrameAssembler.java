package org.cheesecoin.member.peering;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.chain.wire.MessageType;

/**
 * Puts a message's bytes together from the parts in which they arrive. It grows as bytes come, never beyond the limit of
 * the message's type, and never beyond the link's own room before more was granted, so that a thousand connections do not
 * cost a thousand of the largest messages.
 */
final class FrameAssembler {

    private static final int FIRST_BYTES = 256;

    private final int roomBytes;
    private final Room room;
    private byte[] bytes = new byte[0];
    private int size;
    private int limitBytes;
    private int granted;

    /** Asks for more than the link's own room. */
    @FunctionalInterface
    interface Room {

        /**
         * May wait.
         *
         * @param type of which message
         * @param messageBytes how long it will be at most
         * @return why it may not be so long
         */
        Optional<Violation> take(MessageType type, int messageBytes);
    }

    /**
     * @param roomBytes the link's own room
     * @param room asked once for each message that is longer
     */
    FrameAssembler(int roomBytes, Room room) {
        this.roomBytes = roomBytes;
        this.room = room;
    }

    /**
     * Takes the next part.
     *
     * @param comingBytes what is still to come of the same frame
     * @param frame where the frame stands in the message
     * @return nothing yet, the whole message, or the rule that it breaks
     */
    Optional<Outcome<byte[]>> offer(ByteBuffer part, long comingBytes, Position frame, MessageType.Phase phase) {
        if (size == 0 && part.hasRemaining()) {
            switch (MessageType.frameLimitBytes(Byte.toUnsignedInt(part.get(part.position())), phase)) {
                case Outcome.Refused<Integer>(Violation violation) -> {
                    return Optional.of(Outcome.refused(violation));
                }
                case Outcome.Passed<Integer>(Integer limit) -> limitBytes = limit;
            }
        }
        long announced = size + part.remaining() + comingBytes;
        // NET-FRAME-SIZE: a frame is no larger than its message type allows at this point.
        if (announced > limitBytes && size + part.remaining() > 0) {
            return Optional.of(Outcome.refused(Violation.of(Rule.NET_FRAME_SIZE)
                    .with("limitBytes", limitBytes)
                    .with("announcedBytes", announced)));
        }
        Optional<Violation> refused = makeRoom(part, (int) Math.min(announced, limitBytes), frame);
        if (refused.isPresent()) {
            return Optional.of(Outcome.refused(refused.get()));
        }
        int length = part.remaining();
        part.get(bytes, size, length);
        size += length;
        if (frame == Position.INNER || comingBytes > 0) {
            return Optional.empty();
        }
        byte[] message = size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
        clear();
        return Optional.of(Outcome.passed(message));
    }

    private Optional<Violation> makeRoom(ByteBuffer part, int announced, Position frame) {
        int needed = size + part.remaining();
        int most = frame == Position.LAST ? announced : limitBytes;
        if (needed > roomBytes && granted == 0) {
            byte first = size > 0 ? bytes[0] : part.get(part.position());
            Optional<Violation> refused = room.take(MessageType.of(Byte.toUnsignedInt(first)).orElseThrow(), most);
            if (refused.isPresent()) {
                return refused;
            }
            granted = most;
            if (frame == Position.LAST) {
                // What is granted is counted already, and this is its exact length.
                bytes = Arrays.copyOf(bytes, most);
            }
        }
        if (needed > bytes.length) {
            int allowed = granted > 0 ? granted : Math.min(most, roomBytes);
            bytes = Arrays.copyOf(bytes, Math.min(allowed, Math.max(needed, Math.max(FIRST_BYTES, 2 * bytes.length))));
        }
        return Optional.empty();
    }

    /** How many bytes of the message that is under way are here. */
    int sizeBytes() {
        return size;
    }

    /** Forgets what is under way. */
    void clear() {
        bytes = new byte[0];
        size = 0;
        limitBytes = 0;
        granted = 0;
    }

    /** Where a frame stands in its message. */
    enum Position {
        INNER,
        LAST
    }
}
