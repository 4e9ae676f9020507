package org.cheesecoin.web;

import java.util.List;

import org.cheesecoin.web.guard.GuardLimits;

/**
 * What a service chooses.
 *
 * @param maxBodyBytes longest body of a request
 * @param rates how often one caller may call; the first that covers a call counts it
 * @param dearCalls how many of some calls may be at work at once; the first that covers a call counts it
 * @param corsOrigins origins whose pages may call, as {@code https://wallet.example}; none: no page of another origin
 * @param hostNames under which names it may be called
 * @param guard what strangers may make it hold
 * @param trustedProxies whose word on callers is believed
 */
public record WebSettings(
        int maxBodyBytes,
        List<CallRate> rates,
        List<WorkLimit> dearCalls,
        List<String> corsOrigins,
        HostNames hostNames,
        GuardLimits guard,
        TrustedProxies trustedProxies) {

    /** Keeps its own lists. */
    public WebSettings {
        rates = List.copyOf(rates);
        dearCalls = List.copyOf(dearCalls);
        corsOrigins = List.copyOf(corsOrigins);
    }
}
