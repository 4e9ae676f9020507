package org.cheesecoin.member.web;

import java.util.List;
import java.util.Optional;

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
}
