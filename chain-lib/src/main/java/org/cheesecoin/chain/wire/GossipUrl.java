package org.cheesecoin.chain.wire;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.cheesecoin.chain.cheese.MalformedException;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.Violation;

/**
 * Where a member listens: {@code ws} or {@code wss}, a host, a port, and the path {@code /gossip}. Nothing else can be
 * written in it, so that nobody is made to dial another kind of service.
 *
 * @param text the URL
 */
public record GossipUrl(String text) implements Comparable<GossipUrl> {

    /** Longest URL, in characters: what the form below allows. */
    public static final int MAX_CHARS = 169;

    private static final Pattern FORM = Pattern
            .compile("wss?://([a-zA-Z0-9._-]{1,150}|\\[[0-9a-fA-F:.]{2,45}]):([1-9][0-9]{0,4})/gossip");
    private static final int MAX_PORT = 65_535;

    /**
     * Checks ENC-VALUE.
     *
     * @throws MalformedException if it has another form
     */
    public GossipUrl {
        Matcher matcher = FORM.matcher(text);
        if (text.length() > MAX_CHARS || !matcher.matches() || Integer.parseInt(matcher.group(2)) > MAX_PORT) {
            throw new MalformedException(Violation.of(Rule.ENC_VALUE)
                    .with("gossipUrl", text)
                    .with("form", "ws://host:port/gossip or wss://host:port/gossip"));
        }
    }

    /** The host's name or address, an IPv6 one in brackets. */
    public String host() {
        int start = text.indexOf("://") + 3;
        return text.substring(start, text.lastIndexOf(':'));
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
