package org.cheesecoin.chain.wire;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.cheesecoin.chain.cheese.MalformedException;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.Violation;

/**
 * The base URL of a tracker: {@code http} or {@code https}, a {@link Host}, a port where it is not the scheme's own, and
 * the path that a proxy may need. Members sign it letter by letter, so what a tracker is called is what members call.
 *
 * @param text the URL, without a slash at its end
 */
public record TrackerUrl(String text) {

    /** Longest URL, in characters: within the 500 bytes that a signature covers. */
    public static final int MAX_CHARS = 300;

    /** What it must be. */
    public static final String FORM = "a base URL, as http://127.0.0.1:8080";

    private static final Pattern PARTS = Pattern
            .compile("https?://(\\[[^\\]/]*\\]?|[^:/]*)(?::([^/]*))?((?:/[A-Za-z0-9._~-]+)*)");

    /**
     * Drops slashes at the end, and checks ENC-VALUE.
     *
     * @throws MalformedException if it has another form; {@code reason} says why
     */
    public TrackerUrl {
        text = withoutSlashes(text);
        Optional<String> fault = faultOf(text);
        if (fault.isPresent()) {
            throw new MalformedException(Violation.of(Rule.ENC_VALUE)
                    .with("trackerUrl", text)
                    .with("reason", fault.get())
                    .with("form", FORM));
        }
    }

    /** What is wrong with this text as the base URL of a tracker, in words; nothing if it is one. */
    public static Optional<String> faultOf(String text) {
        String plain = withoutSlashes(text);
        if (plain.length() > MAX_CHARS) {
            return Optional.of("it has more than " + MAX_CHARS + " characters");
        }
        Matcher parts = PARTS.matcher(plain);
        if (!parts.matches()) {
            return Optional.of("it is not of this form");
        }
        return Host.faultOf(plain.substring(parts.start(1), parts.end(1)))
                .or(() -> Optional.ofNullable(parts.group(2)).flatMap(GossipUrl::faultOfPort));
    }

    /** The host's name or address. */
    public Host host() {
        Matcher parts = PARTS.matcher(text);
        if (!parts.matches()) {
            throw new IllegalStateException("checked at its making: " + text);
        }
        return new Host(text.substring(parts.start(1), parts.end(1)));
    }

    private static String withoutSlashes(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '/') {
            end--;
        }
        return text.substring(0, end);
    }

    @Override
    public String toString() {
        return text;
    }
}
