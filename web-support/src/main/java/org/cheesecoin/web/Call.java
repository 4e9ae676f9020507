package org.cheesecoin.web;

import jakarta.servlet.http.HttpServletRequest;

/**
 * Which operation a request is for, as the framework sees it that chooses the operation. The target of a request has many
 * spellings ({@code /mempoo%6c}, {@code /mempool;x=1}): whoever compares it as it was sent lets some of them past a limit.
 *
 * @param method such as {@code GET}
 * @param path decoded, normalised, and without parameters
 */
public record Call(String method, String path) {

    /** That of this request. */
    public static Call of(HttpServletRequest request) {
        String rest = request.getPathInfo();
        return new Call(request.getMethod(), request.getServletPath() + (rest == null ? "" : rest));
    }
}
