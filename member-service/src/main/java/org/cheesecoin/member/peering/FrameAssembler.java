package org.cheesecoin.member.peering;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;

import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.chain.wire.MessageType;

/**
 * Puts a frame together from the parts in which it arrives. It grows as bytes come and never beyond the limit of its
 * message's type, so that a thousand connections do not cost a thousand of the largest frames.
 */
final class FrameAssembler {

    private static final int FIRST_BYTES = 256;

    private ByteArrayOutputStream parts = new ByteArrayOutputStream(FIRST_BYTES);
    private int limitBytes;

    /**
     * Takes the next part.
     *
     * @return nothing yet, the whole frame, or the rule that it breaks
     */
    Optional<Outcome<byte[]>> offer(ByteBuffer part, Position position, MessageType.Phase phase) {
        if (parts.size() == 0 && part.hasRemaining()) {
            switch (MessageType.frameLimitBytes(Byte.toUnsignedInt(part.get(part.position())), phase)) {
                case Outcome.Refused<Integer>(Violation violation) -> {
                    return Optional.of(Outcome.refused(violation));
                }
                case Outcome.Passed<Integer>(Integer limit) -> limitBytes = limit;
            }
        }
        // NET-FRAME-SIZE: a frame is no larger than its message type allows at this point.
        if (parts.size() + part.remaining() > limitBytes) {
            return Optional.of(Outcome.refused(Violation.of(Rule.NET_FRAME_SIZE)
                    .with("limitBytes", limitBytes)
                    .with("receivedBytes", parts.size() + part.remaining())));
        }
        byte[] bytes = new byte[part.remaining()];
        part.get(bytes);
        parts.writeBytes(bytes);
        if (position == Position.INNER) {
            return Optional.empty();
        }
        byte[] frame = parts.toByteArray();
        parts = new ByteArrayOutputStream(FIRST_BYTES);
        limitBytes = 0;
        return Optional.of(Outcome.passed(frame));
    }

    /** Where a part stands in its frame. */
    enum Position {
        INNER,
        LAST
    }
}
