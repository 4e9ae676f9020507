package org.cheesecoin.member.wallet.web;

import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

import org.cheesecoin.member.web.Refusal;

/** Lists in parts. */
final class Pages {

    /** Most elements of one answer. */
    static final int MAX_LIMIT = 200;

    private static final String CURSOR_FORM = "[0-9]{1,18}";

    private Pages() {}

    static int limit(int limit) {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw Refusal.invalid("limit", limit, "from 1 to " + MAX_LIMIT);
        }
        return limit;
    }

    /** Where to go on: what an earlier answer gave as its nextCursor. */
    static long cursor(Optional<String> cursor, long start) {
        if (cursor.isEmpty()) {
            return start;
        }
        if (!cursor.get().matches(CURSOR_FORM)) {
            throw Refusal.invalid("cursor", cursor.get(), "the nextCursor of an earlier answer");
        }
        return Long.parseLong(cursor.get());
    }

    /** The elements of a page of which one more was read, to know whether there are more. */
    static <T> List<T> page(List<T> oneMore, int limit) {
        return oneMore.size() > limit ? oneMore.subList(0, limit) : oneMore;
    }

    static <T> Optional<String> nextCursor(List<T> oneMore, int limit, ToLongFunction<T> cursorAfter) {
        return oneMore.size() > limit
                ? Optional.of(Long.toString(cursorAfter.applyAsLong(oneMore.get(limit - 1))))
                : Optional.empty();
    }
}
