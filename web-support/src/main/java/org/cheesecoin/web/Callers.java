package org.cheesecoin.web;

import org.cheesecoin.web.guard.Account;

import jakarta.servlet.http.HttpServletRequest;

/** By what callers are told apart. */
public final class Callers {

    private Callers() {}

    /**
     * Its address, for IPv6 the first 64 bits, since one caller has all the others. Behind a proxy that is the proxy's,
     * unless it is one of {@link TrustedProxies}.
     */
    public static String of(HttpServletRequest request) {
        return Account.nameOf(request.getRemoteAddr());
    }
}
