package org.cheesecoin.member.security;

import java.io.IOException;

import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** Makes who shows the token in {@code Authorization: Bearer} (RFC 6750) the owner; anyone else stays a stranger. */
final class OwnerTokenFilter extends OncePerRequestFilter {

    static final String OWNER = "OWNER";
    private static final String SCHEME = "Bearer ";

    private final OwnerToken token;

    OwnerTokenFilter(OwnerToken token) {
        this.token = token;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                && token.matches(header.substring(SCHEME.length()).strip())) {
            SecurityContext context = SecurityContextHolder.createEmptyContext();
            context.setAuthentication(UsernamePasswordAuthenticationToken.authenticated(
                    "owner", "", AuthorityUtils.createAuthorityList(OWNER)));
            SecurityContextHolder.setContext(context);
        }
        chain.doFilter(request, response);
    }
}
