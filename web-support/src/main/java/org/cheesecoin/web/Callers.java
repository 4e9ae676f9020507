package org.cheesecoin.web;

import jakarta.servlet.http.HttpServletRequest;

/** By what callers are told apart. */
public final class Callers {

    private Callers() {}

    /**
     * Its address, for IPv6 the first 64 bits, since one caller has all the others. Behind a proxy that is the proxy's,
     * unless {@code server.forward-headers-strategy} says whom to believe.
     */
    public static String of(HttpServletRequest request) {
        String address = request.getRemoteAddr();
        String[] groups = address.split(":", -1);
        return groups.length == 8 ? String.join(":", groups[0], groups[1], groups[2], groups[3]) : address;
    }
}
