package org.cheesecoin.web;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

import org.cheesecoin.chain.cheese.Violation;

/**
 * What a refused call is answered with, before it is written.
 *
 * @param problem the kind
 * @param detail this case in a sentence, for people; never a secret and never a stack trace
 * @param violation the broken rule, where one was broken
 * @param values names and values that explain the case, beside those of the violation
 * @param headers headers of the answer, as Allow
 */
public record ProblemDocument(
        Problem problem,
        String detail,
        Optional<Violation> violation,
        SequencedMap<String, String> values,
        SequencedMap<String, String> headers) {

    /** The media type of RFC 9457. */
    public static final String MEDIA_TYPE = "application/problem+json";

    /** Under this name the values say which field or parameter is at fault. */
    public static final String FIELD = "field";

    /** Longest detail, in characters: what a stranger sent comes back in it. */
    static final int MAX_DETAIL_CHARS = 500;

    /** Cuts a detail that is too long. */
    public ProblemDocument {
        detail = detail.length() <= MAX_DETAIL_CHARS ? detail : detail.substring(0, MAX_DETAIL_CHARS) + "…";
    }

    /** A case of this kind. */
    public static ProblemDocument of(Problem problem, String detail) {
        return new ProblemDocument(problem, detail, Optional.empty(), new LinkedHashMap<>(), new LinkedHashMap<>());
    }

    /** A broken rule, under this kind. */
    public static ProblemDocument of(Problem problem, Violation violation) {
        return new ProblemDocument(problem, violation.message(), Optional.of(violation), violation.values(),
                new LinkedHashMap<>());
    }

    /** The same with one more value. */
    public ProblemDocument with(String name, Object value) {
        var more = new LinkedHashMap<>(values);
        more.put(name, String.valueOf(value));
        return new ProblemDocument(problem, detail, violation, more, headers);
    }

    /** The same with one more header. */
    public ProblemDocument withHeader(String name, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new ProblemDocument(problem, detail, violation, values, more);
    }

    /** The members of the JSON object, in the order in which they are written. */
    Map<String, Object> toJson(Optional<String> instance) {
        var json = new LinkedHashMap<String, Object>();
        json.put("type", problem.type().toString());
        json.put("title", problem.title());
        json.put("status", problem.status());
        json.put("detail", detail);
        instance.ifPresent(it -> json.put("instance", it));
        violation.ifPresent(it -> {
            json.put("rule", it.rule().id());
            json.put("anchor", it.rule().anchor());
        });
        if (!values.isEmpty()) {
            json.put("values", values);
        }
        return json;
    }
}
