package org.cheesecoin.chain.cheese;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * A broken rule with the values that broke it, in the order in which they were given.
 *
 * @param rule which rule
 * @param values the names and the values that explain it
 */
public record Violation(Rule rule, SequencedMap<String, String> values) {

    /** Longest value that is kept, in characters: what a stranger sent must not fill our logs. */
    public static final int MAX_VALUE_CHARS = 200;

    public Violation {
        values = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(values));
    }

    /** The rule is broken; values may follow with {@link #with}. */
    public static Violation of(Rule rule) {
        return new Violation(rule, new LinkedHashMap<>());
    }

    /** The same violation with one more value. */
    public Violation with(String name, Object value) {
        String text = String.valueOf(value);
        LinkedHashMap<String, String> more = new LinkedHashMap<>(values);
        more.put(name, text.length() <= MAX_VALUE_CHARS ? text : text.substring(0, MAX_VALUE_CHARS) + "…");
        return new Violation(rule, more);
    }

    /** One line for people: id, text and values. */
    public String message() {
        StringBuilder line = new StringBuilder(rule.id()).append(": ").append(rule.text());
        values.forEach((name, value) -> line.append(' ').append(name).append('=').append(value));
        return line.toString();
    }
}
