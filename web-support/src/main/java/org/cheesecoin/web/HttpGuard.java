package org.cheesecoin.web;

import java.util.List;

import org.cheesecoin.web.guard.Account;
import org.cheesecoin.web.guard.GuardedProtocol;
import org.cheesecoin.web.start.BadSetting;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.boot.web.server.autoconfigure.ServerProperties.ForwardHeadersStrategy;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

import jakarta.servlet.Filter;

/**
 * What stands before every call of one web server: its account, its names, its filters. A second server
 * imports it again by {@link SecondHttpGuard} and has an account of its own.
 */
@Configuration(proxyBeanMethods = false)
public class HttpGuard {

    /** Leaves room for filters that must run before all of these. */
    private static final int FIRST_PLACE = 10;

    /**
     * The account of this server.
     *
     * @throws BadSetting if Spring's own setting is to believe everybody's headers
     */
    @Bean
    Account account(WebSettings settings, ServerProperties server) {
        ForwardHeadersStrategy strategy = server.getForwardHeadersStrategy();
        if (strategy != null && strategy != ForwardHeadersStrategy.NONE) {
            throw BadSetting.of("server.forward-headers-strategy", strategy,
                    "left out, since strangers' headers would be believed too: name the proxies in the setting"
                            + " trusted-proxies");
        }
        return new Account(settings.guard(), settings.trustedProxies()::isTrusted);
    }

    /** After Boot's own, whose settings of connections this one replaces. */
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> guardedConnectors(Account account) {
        return factory -> GuardedProtocol.guard(factory, account);
    }

    /** After Boot's own, so that this valve is the inner one and reports first. */
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemsFromTomcat(ProblemWriter writer) {
        return factory -> factory.addContextCustomizers(
                context -> context.getParent().getPipeline().addValve(new ProblemReportValve(writer)));
    }

    @Bean
    FilterRegistrationBean<SecurityHeaders> securityHeaders() {
        return ordered(new SecurityHeaders(), 0);
    }

    @Bean
    FilterRegistrationBean<LastResort> lastResort(ProblemWriter writer) {
        return ordered(new LastResort(writer), 1);
    }

    @Bean
    FilterRegistrationBean<ForwardedFilter> forwarded(WebSettings settings) {
        return ordered(new ForwardedFilter(settings.trustedProxies()), 2);
    }

    @Bean
    FilterRegistrationBean<HostFilter> hosts(WebSettings settings, ProblemWriter writer) {
        return ordered(new HostFilter(settings.hostNames(), writer), 3);
    }

    @Bean
    FilterRegistrationBean<CallRateFilter> callRates(WebSettings settings, ProblemWriter writer) {
        return ordered(new CallRateFilter(settings.rates(), writer), 4);
    }

    @Bean
    FilterRegistrationBean<OriginFilter> origins(WebSettings settings, ProblemWriter writer) {
        return ordered(new OriginFilter(settings.corsOrigins(), writer), 5);
    }

    @Bean
    FilterRegistrationBean<WellFormedFilter> wellFormed(ProblemWriter writer) {
        return ordered(new WellFormedFilter(writer), 6);
    }

    @Bean
    FilterRegistrationBean<BodyFilter> bodies(WebSettings settings, ProblemWriter writer) {
        return ordered(new BodyFilter(settings.maxBodyBytes(), writer), 7);
    }

    @Bean
    FilterRegistrationBean<WorkFilter> dearCalls(WebSettings settings, ProblemWriter writer) {
        return ordered(new WorkFilter(List.copyOf(settings.dearCalls()), writer), 8);
    }

    /**
     * Registers a filter so that it runs before every filter of the service itself.
     *
     * @param place from 0; of the filters of this class, those with a lower place run first
     */
    private static <T extends Filter> FilterRegistrationBean<T> ordered(T filter, int place) {
        var registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + FIRST_PLACE + place);
        return registration;
    }
}
