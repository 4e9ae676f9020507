package org.cheesecoin.web;

import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.ForwardedHeaderFilter;
import org.springframework.web.filter.OncePerRequestFilter;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Shows a call as it reached a trusted proxy: from whose address, by which scheme, under which prefix. From everybody else
 * such headers are taken away, since libraries behind this filter read them too. X-Forwarded-Host and Forwarded are
 * nobody's: plain proxies hand on what their caller says in them.
 */
final class ForwardedFilter extends OncePerRequestFilter {

    private static final String FOR = "X-Forwarded-For";
    private static final String PROTO = "X-Forwarded-Proto";
    private static final String PREFIX = "X-Forwarded-Prefix";
    private static final Set<String> NEVER_BELIEVED = Set.of("forwarded", "x-forwarded-host", "x-forwarded-port",
            "x-forwarded-ssl", "x-forwarded-for");
    private static final Pattern SCHEMES = Pattern.compile("https?");
    /** Nothing that a browser could take for another host, as {@code //elsewhere} would be. */
    private static final Pattern PREFIXES = Pattern.compile("(/[A-Za-z0-9_~-][A-Za-z0-9._~-]{0,63}){1,8}/?");

    private final TrustedProxies proxies;
    private final ForwardedHeaderFilter believing = new ForwardedHeaderFilter();
    private final ForwardedHeaderFilter removing = new ForwardedHeaderFilter();

    ForwardedFilter(TrustedProxies proxies) {
        this.proxies = proxies;
        removing.setRemoveOnly(true);
    }

    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }

    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (proxies.isTrusted(request.getRemoteAddr())) {
            believing.doFilter(new Believed(request, proxies.callerBehind(request.getRemoteAddr(),
                    Collections.list(request.getHeaders(FOR)))), response, chain);
        } else {
            removing.doFilter(request, response, chain);
        }
    }

    /** A call with what of its forwarded headers is believed, and from whom it is. */
    private static final class Believed extends HttpServletRequestWrapper {

        private final String caller;

        Believed(HttpServletRequest request, String caller) {
            super(request);
            this.caller = caller;
        }

        @Override
        public String getRemoteAddr() {
            return caller;
        }

        @Override
        public String getRemoteHost() {
            return caller;
        }

        private boolean isShown(String name, String value) {
            String lower = name.toLowerCase(Locale.ROOT);
            if (NEVER_BELIEVED.contains(lower)) {
                return false;
            }
            if (name.equalsIgnoreCase(PROTO)) {
                return SCHEMES.matcher(value).matches();
            }
            return !name.equalsIgnoreCase(PREFIX) || PREFIXES.matcher(value).matches();
        }

        @Override
        public Enumeration<String> getHeaders(String name) {
            return Collections.enumeration(Collections.list(super.getHeaders(name)).stream()
                    .filter(it -> isShown(name, it))
                    .toList());
        }

        @Override
        public @Nullable String getHeader(String name) {
            List<String> shown = Collections.list(getHeaders(name));
            return shown.isEmpty() ? null : shown.getFirst();
        }

        @Override
        public Enumeration<String> getHeaderNames() {
            return Collections.enumeration(Collections.list(super.getHeaderNames()).stream()
                    .filter(it -> getHeaders(it).hasMoreElements())
                    .toList());
        }
    }
}
