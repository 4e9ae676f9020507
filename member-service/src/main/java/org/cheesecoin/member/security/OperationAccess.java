package org.cheesecoin.member.security;

import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

import org.cheesecoin.member.web.Marks;
import org.cheesecoin.web.Call;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.ErrorResponse;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.mvc.ParameterizableViewController;
import org.springframework.web.servlet.resource.ResourceHttpRequestHandler;
import org.springframework.web.util.ServletRequestPathUtils;

import jakarta.servlet.http.HttpServletRequest;

/**
 * Who may call what. It asks the same mappings as the dispatcher which operation a request means: one of ours needs a
 * mark, what is no operation at all passes and becomes a 404 or 405 there, and the rest is closed.
 */
final class OperationAccess implements AuthorizationManager<RequestAuthorizationContext> {

    /** Set where a mapped path is to look like an unknown one. */
    static final String HIDDEN = OperationAccess.class.getName() + ".hidden";

    /** As {@link Call} has them: the mappings decode a path, and look behind what a proxy puts before it. */
    private static final Set<String> OPEN_PATHS = Set.of(
            "/v3/api-docs",
            "/v3/api-docs.yaml",
            "/v3/api-docs/swagger-config",
            "/swagger-ui.html",
            "/actuator/health",
            "/actuator/health/liveness",
            "/actuator/health/readiness",
            "/actuator/prometheus");
    private static final String HIDDEN_PREFIX = "/actuator";

    /** What a request means. */
    private enum Meaning {
        OPEN,
        OWNER_ONLY,
        NO_OPERATION,
        CLOSED
    }

    private final SingletonSupplier<List<HandlerMapping>> mappings;

    OperationAccess(ObjectProvider<HandlerMapping> mappings) {
        this.mappings = SingletonSupplier.of(() -> mappings.orderedStream().toList());
    }

    @Override
    public AuthorizationResult authorize(
            Supplier<? extends @Nullable Authentication> authentication,
            RequestAuthorizationContext context) {
        HttpServletRequest request = context.getRequest();
        return new AuthorizationDecision(switch (meaning(request)) {
            case OPEN, NO_OPERATION -> true;
            case OWNER_ONLY -> isOwner(authentication.get());
            case CLOSED -> {
                if (Call.of(request).path().startsWith(HIDDEN_PREFIX)) {
                    request.setAttribute(HIDDEN, true);
                }
                yield false;
            }
        });
    }

    private Meaning meaning(HttpServletRequest request) {
        boolean isParsedHere = !ServletRequestPathUtils.hasParsedRequestPath(request);
        if (isParsedHere) {
            ServletRequestPathUtils.parseAndCache(request);
        }
        try {
            for (HandlerMapping mapping : mappings.obtain()) {
                HandlerExecutionChain chain = mapping.getHandler(request);
                if (chain != null) {
                    return meaning(chain.getHandler(), request);
                }
            }
            return Meaning.NO_OPERATION;
        } catch (Exception e) {
            // wrong method or media type: the dispatcher meets the same and says so
            return e instanceof ErrorResponse ? Meaning.NO_OPERATION : Meaning.CLOSED;
        } finally {
            if (isParsedHere) {
                ServletRequestPathUtils.clearParsedRequestPath(request);
            }
        }
    }

    private static Meaning meaning(Object handler, HttpServletRequest request) {
        if (OPEN_PATHS.contains(Call.of(request).path())) {
            return Meaning.OPEN;
        }
        return switch (handler) {
            case HandlerMethod operation -> switch (Marks.of(operation)) {
                case OPEN -> Meaning.OPEN;
                case OWNER_ONLY -> Meaning.OWNER_ONLY;
                case NONE -> isFrameworks(operation) ? Meaning.OPEN : Meaning.CLOSED;
            };
            // files and pages are public
            case ResourceHttpRequestHandler _ -> Meaning.OPEN;
            case ParameterizableViewController _ -> Meaning.OPEN;
            default -> Meaning.CLOSED;
        };
    }

    /** The framework's own answer to OPTIONS, which only lists methods, and the writer of problems. */
    private static boolean isFrameworks(HandlerMethod operation) {
        return operation.getBeanType().getName().endsWith("$HttpOptionsHandler")
                || ErrorController.class.isAssignableFrom(operation.getBeanType());
    }

    private static boolean isOwner(@Nullable Authentication authentication) {
        return authentication != null && authentication.isAuthenticated() && authentication.getAuthorities().stream()
                .anyMatch(it -> OwnerTokenFilter.OWNER.equals(it.getAuthority()));
    }
}
