package org.cheesecoin.member.persistence;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A page of a list.
 *
 * @param items in the list's order
 * @param next what to ask with for the next page; none on the last
 * @param <T> what is listed
 */
public record Slice<T>(List<T> items, Optional<String> next) {

    public Slice {
        items = List.copyOf(items);
    }

    /** The first {@code limit} of these rows, of which one more was read to see whether there is a next page. */
    static <R, T> Slice<T> of(List<R> rows, int limit, Function<R, T> value, Function<R, String> cursor) {
        List<R> shown = rows.subList(0, Math.min(limit, rows.size()));
        Optional<String> next = rows.size() > limit ? Optional.of(cursor.apply(shown.getLast())) : Optional.empty();
        return new Slice<>(shown.stream().map(value).toList(), next);
    }
}
