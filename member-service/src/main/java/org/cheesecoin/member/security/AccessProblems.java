package org.cheesecoin.member.security;

import java.io.IOException;

import org.cheesecoin.web.Problem;
import org.cheesecoin.web.ProblemDocument;
import org.cheesecoin.web.ProblemWriter;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.RequestRejectedHandler;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** What the security filters refuse, as problem documents. */
final class AccessProblems implements AuthenticationEntryPoint, AccessDeniedHandler, RequestRejectedHandler {

    private final ProblemWriter writer;

    AccessProblems(ProblemWriter writer) {
        this.writer = writer;
    }

    /** A stranger asks for what is the owner's. */
    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException exception)
            throws IOException {
        if (request.getAttribute(OperationAccess.HIDDEN) != null) {
            hide(request, response);
            return;
        }
        boolean isShown = request.getHeader(HttpHeaders.AUTHORIZATION) != null;
        String detail = isShown
                ? "What stands in Authorization is not the owner's token"
                : "Send the owner's token: Authorization: Bearer <text of owner.token>";
        String challenge = isShown ? "Bearer error=\"invalid_token\"" : "Bearer";
        writer.write(ProblemDocument.of(Problem.UNAUTHORIZED, detail)
                .withHeader(HttpHeaders.WWW_AUTHENTICATE, challenge), request, response);
    }

    /** Even the owner may not. */
    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException exception)
            throws IOException {
        if (request.getAttribute(OperationAccess.HIDDEN) != null) {
            hide(request, response);
            return;
        }
        writer.write(ProblemDocument.of(Problem.FORBIDDEN, "This operation is closed"), request, response);
    }

    /** The request could be read in two ways. */
    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, RequestRejectedException exception)
            throws IOException {
        writer.write(ProblemDocument.of(Problem.MALFORMED_REQUEST, "The request's method, path or headers hold "
                + "what is not taken here, as //, ; or an encoded slash"), request, response);
    }

    private void hide(HttpServletRequest request, HttpServletResponse response) throws IOException {
        writer.write(ProblemDocument.of(Problem.NOT_FOUND, "There is nothing under this path"), request, response);
    }
}
