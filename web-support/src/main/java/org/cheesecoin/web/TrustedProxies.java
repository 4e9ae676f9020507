package org.cheesecoin.web;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

import org.apache.catalina.util.NetMask;
import org.cheesecoin.web.start.BadSetting;

/**
 * The proxies before a service that its owner runs. What they forward is believed; whatever anybody else says of where a
 * call comes from is not, since everybody can say it.
 */
public final class TrustedProxies {

    /** Most networks and addresses that one service can be told: each is compared with the address of each connection. */
    public static final int MAX_PROXIES = 32;

    /** Nobody. */
    public static final TrustedProxies NONE = new TrustedProxies(List.of());

    private final List<NetMask> networks;

    private TrustedProxies(List<NetMask> networks) {
        this.networks = List.copyOf(networks);
    }

    /**
     * The proxies in these networks.
     *
     * @param property name of the setting that has them
     * @param texts literal addresses, as {@code 10.1.2.3}, and networks, as {@code 10.0.0.0/8} and {@code fd00::/8}
     * @throws BadSetting if one is neither, for names, which somebody else may point anywhere, and if there are too many
     */
    public static TrustedProxies of(String property, Collection<String> texts) {
        BadSetting.requireRange(property + ": their number", texts.size(), 0, MAX_PROXIES);
        var networks = new ArrayList<NetMask>();
        texts.forEach(it -> networks.add(network(property, it)));
        return new TrustedProxies(networks);
    }

    private static NetMask network(String property, String text) {
        String address = text.contains("/") ? text.substring(0, text.indexOf('/')) : text;
        try {
            if (literal(address).isPresent()) {
                return new NetMask(text);
            }
        } catch (IllegalArgumentException _) {
            // It has an address, and no length of a network behind it: the same is said of it.
        }
        throw BadSetting.of(property, text, "a literal address or a network, as 10.1.2.3 or 10.0.0.0/8");
    }

    /** Whether a connection from this literal address is a proxy's. */
    public boolean isTrusted(String address) {
        return !networks.isEmpty() && literal(address).map(this::isTrusted).orElse(false);
    }

    /** Whether a connection from this address is a proxy's. */
    public boolean isTrusted(InetAddress address) {
        return networks.stream().anyMatch(it -> it.matches(address));
    }

    /**
     * Whom a trusted proxy calls for: the last of the addresses that is no trusted proxy's itself. Each proxy appends whom
     * it was called by, so all before that one is only what a stranger said.
     *
     * @param proxy the connection's other end, which is trusted
     * @param forwardedFor lines of X-Forwarded-For, as they came
     * @return the address as {@link InetAddress#getHostAddress()} writes it; the proxy's where nothing can be read
     */
    String callerBehind(String proxy, List<String> forwardedFor) {
        var entries = new ArrayList<String>();
        forwardedFor.forEach(line -> entries.addAll(List.of(line.split(",", -1))));
        Collections.reverse(entries);
        String caller = proxy;
        for (String entry : entries) {
            Optional<InetAddress> address = literal(withoutPort(entry.strip()));
            if (address.isEmpty()) {
                return caller;
            }
            caller = address.get().getHostAddress();
            if (!isTrusted(address.get())) {
                return caller;
            }
        }
        return caller;
    }

    /** Some proxies add the port from which they were called: {@code 10.1.2.3:4567} and {@code [fd00::1]:4567}. */
    private static String withoutPort(String entry) {
        if (entry.startsWith("[")) {
            int end = entry.indexOf(']');
            return end < 0 ? entry : entry.substring(1, end);
        }
        int colon = entry.indexOf(':');
        return colon >= 0 && colon == entry.lastIndexOf(':') ? entry.substring(0, colon) : entry;
    }

    private static Optional<InetAddress> literal(String text) {
        try {
            // Never a name: a look-up would ask strangers' servers. The form with a zone is this machine's own affair.
            return text.contains("%") ? Optional.empty()
                    : Optional.of(InetAddress.getByAddress(InetAddress.ofLiteral(text).getAddress()));
        } catch (IllegalArgumentException | UnknownHostException _) {
            return Optional.empty();
        }
    }
}
