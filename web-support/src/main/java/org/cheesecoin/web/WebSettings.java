package org.cheesecoin.web;

import java.util.List;

/**
 * What a service chooses.
 *
 * @param maxBodyBytes longest body of a request
 * @param rates how often one caller may call; the first that covers a call counts it
 * @param corsOrigins origins whose pages may call, as {@code https://wallet.example}; none: no page of another origin
 */
public record WebSettings(int maxBodyBytes, List<CallRate> rates, List<String> corsOrigins) {

    /** Keeps its own lists. */
    public WebSettings {
        rates = List.copyOf(rates);
        corsOrigins = List.copyOf(corsOrigins);
    }
}
