package org.cheesecoin.chain.wire;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.cheesecoin.chain.cheese.MalformedException;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.Violation;

/**
 * Where a member listens: {@code ws} or {@code wss}, a {@link Host}, a port, and the path {@code /gossip}. Nothing else
 * can be written in it, so that nobody is made to dial another kind of service.
 *
 * @param text the URL
 */
public record GossipUrl(String text) implements Comparable<GossipUrl> {

    /** Longest URL, in characters: what the form below allows. */
    public static final int MAX_CHARS = 169;

    /** What it must be. */
    public static final String FORM = "ws://host:port/gossip or wss://host:port/gossip";

    private static final Pattern PARTS = Pattern.compile("wss?://(.*):([0-9]+)/gossip");
    private static final Pattern PORT = Pattern.compile("[1-9][0-9]{0,4}");
    private static final int MAX_PORT = 65_535;

    /**
     * Checks ENC-VALUE.
     *
     * @throws MalformedException if it has another form; {@code reason} says why
     */
    public GossipUrl {
        Optional<Violation> violation = violationOf(text);
        if (violation.isPresent()) {
            throw new MalformedException(violation.get());
        }
    }

    /** ENC-VALUE with the reason; nothing if it is a gossip URL. */
    static Optional<Violation> violationOf(String text) {
        return faultOf(text).map(fault -> Violation.of(Rule.ENC_VALUE)
                .with("gossipUrl", text)
                .with("reason", fault)
                .with("form", FORM));
    }

    /** What is wrong with this text as a gossip URL, in words; nothing if it is one. */
    public static Optional<String> faultOf(String text) {
        if (text.length() > MAX_CHARS) {
            return Optional.of("it has more than " + MAX_CHARS + " characters");
        }
        Matcher parts = PARTS.matcher(text);
        if (!parts.matches()) {
            return Optional.of("it is not of this form");
        }
        return Host.faultOf(text.substring(parts.start(1), parts.end(1)))
                .or(() -> faultOfPort(text.substring(parts.start(2), parts.end(2))));
    }

    static Optional<String> faultOfPort(String port) {
        return PORT.matcher(port).matches() && Integer.parseInt(port) <= MAX_PORT
                ? Optional.empty()
                : Optional.of("a port is from 1 to " + MAX_PORT + ", no zero before it");
    }

    /** The host's name or address. */
    public Host host() {
        return new Host(text.substring(text.indexOf("://") + 3, text.lastIndexOf(':')));
    }

    /** The port, 1 to 65535. */
    public int port() {
        return Integer.parseInt(text.substring(text.lastIndexOf(':') + 1, text.lastIndexOf('/')));
    }

    @Override
    public int compareTo(GossipUrl other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
