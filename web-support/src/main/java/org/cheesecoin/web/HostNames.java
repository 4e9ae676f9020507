package org.cheesecoin.web;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The names under which a service may be called. A page under a name that its owner points to 127.0.0.1 is of one origin
 * with what answers there, and may read it (DNS rebinding): so only names that no stranger can point anywhere are taken.
 */
public final class HostNames {

    /** Stands for every name, for a service behind a proxy that looks at names itself. */
    public static final String ANY = "*";

    private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    private static final Pattern IPV6 = Pattern.compile("\\[[0-9a-f:.%]+]");

    private final Set<String> names = new HashSet<>();

    /** These names beside those that are always taken: literal addresses, localhost, and this machine's own name. */
    public HostNames(Collection<String> names) {
        names.forEach(it -> this.names.add(plain(it)));
        this.names.addAll(ofThisMachine());
    }

    /**
     * Whether a service of this name is meant to be called.
     *
     * @param name without a port; an IPv6 address in brackets
     */
    public boolean isOwn(String name) {
        String plain = plain(name);
        return names.contains(ANY)
                || names.contains(plain)
                || plain.equals("localhost")
                || plain.endsWith(".localhost")
                || IPV4.matcher(plain).matches()
                || IPV6.matcher(plain).matches();
    }

    private static String plain(String name) {
        String lower = name.strip().toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    private static List<String> ofThisMachine() {
        try {
            return List.of(plain(InetAddress.getLocalHost().getHostName()));
        } catch (UnknownHostException _) {
            return List.of();
        }
    }
}
