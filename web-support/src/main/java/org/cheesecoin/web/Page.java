package org.cheesecoin.web;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * A page of a list.
 *
 * @param items in the list's order
 * @param nextCursor the cursor of the next page; left out on the last
 * @param <T> what is listed
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Page<T>(List<T> items, Optional<String> nextCursor) {

    /** Items of a page where the caller names no limit. */
    public static final String DEFAULT_ITEMS = "50";

    /** Most items of a page. */
    public static final int MAX_ITEMS = 200;

    /** Keeps its own list. */
    public Page {
        items = List.copyOf(items);
    }

    /**
     * The page in a list of which one item more was read, to know whether there are more.
     *
     * @param positionAfter where a reader goes on that has seen this item
     */
    public static <T> Page<T> of(List<T> oneMore, int limit, ToLongFunction<T> positionAfter) {
        return oneMore.size() <= limit
                ? new Page<>(oneMore, Optional.empty())
                : new Page<>(oneMore.subList(0, limit),
                        Optional.of(Long.toString(positionAfter.applyAsLong(oneMore.get(limit - 1)))));
    }

    /** The same page of these. */
    public <R> Page<R> map(Function<? super T, ? extends R> mapper) {
        return new Page<>(items.stream().<R>map(mapper).toList(), nextCursor);
    }
}
