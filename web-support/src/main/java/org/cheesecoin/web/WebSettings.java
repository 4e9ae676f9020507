package org.cheesecoin.web;

import java.util.List;

import org.cheesecoin.web.guard.GuardLimits;

/**
 * What a service chooses.
 *
 * @param maxBodyBytes longest body of a request
 * @param rates how often one caller may call; the first that covers a call counts it
 * @param corsOrigins origins whose pages may call, as {@code https://wallet.example}; none: no page of another origin
 * @param guard what strangers may make the server hold
 */
public record WebSettings(int maxBodyBytes, List<CallRate> rates, List<String> corsOrigins, GuardLimits guard) {

    /** With the limits of the account that suit bodies of this length. */
    public WebSettings(int maxBodyBytes, List<CallRate> rates, List<String> corsOrigins) {
        this(maxBodyBytes, rates, corsOrigins, GuardLimits.forBodiesOf(maxBodyBytes));
    }

    /** Keeps its own lists. */
    public WebSettings {
        rates = List.copyOf(rates);
        corsOrigins = List.copyOf(corsOrigins);
    }
}
