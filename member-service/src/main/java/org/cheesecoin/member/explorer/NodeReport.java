package org.cheesecoin.member.explorer;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

import org.cheesecoin.chain.node.NodeStatus;
import org.cheesecoin.member.persistence.WentBack;

/**
 * How the member is, for people.
 *
 * @param status the node's own word
 * @param indexedHeight up to which height transactions and addresses are indexed; none before the first
 * @param whyNoCheese why no cheese came, where none came for a while
 * @param wentBack how far its database is behind what it had, while it is
 */
public record NodeReport(
        NodeStatus status, Optional<Integer> indexedHeight, List<Reason> whyNoCheese, Optional<WentBack> wentBack) {

    /** Keeps its own list. */
    public NodeReport {
        whyNoCheese = List.copyOf(whyNoCheese);
    }

    /**
     * A reason why no cheese came.
     *
     * @param code for programs
     * @param message for people
     * @param values what it was found by, in the order of the message
     */
    public record Reason(Code code, String message, SequencedMap<String, String> values) {

        /** Keeps its own map. */
        public Reason {
            values = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(values));
        }

        static Reason of(Code code, String message) {
            return new Reason(code, message, new LinkedHashMap<>());
        }

        Reason with(String name, Object value) {
            SequencedMap<String, String> more = new LinkedHashMap<>(values);
            more.put(name, value.toString());
            return new Reason(code, message, more);
        }
    }

    /** Kinds of reasons. */
    public enum Code {
        /** It is on the way to a better tip that others have. */
        SYNCING,
        /** This network makes cheeses only when somebody asks. */
        ON_DEMAND,
        /** This member does not mine. */
        NOT_MINING,
        /** Nobody is connected. */
        ALONE,
        /** The clock differs from most peers'. */
        CLOCK_OFF,
        /** The clocks of some peers differ from this member's, which most do not call wrong. */
        CLOCKS_DIFFER,
        /** The clock is so far behind the tip's time that any cheese on it is too early (HDR-TIME-EARLY). */
        CLOCK_BEHIND_TIP,
        /** The hash rate is far below what the target asks for. */
        HASH_RATE_LOW,
        /** There is next to no room for more data. */
        STORAGE_FULL
    }
}
