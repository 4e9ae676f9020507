package org.cheesecoin.web;

import java.util.List;

import org.cheesecoin.web.guard.Account;
import org.cheesecoin.web.guard.GuardLimits;
import org.cheesecoin.web.guard.GuardedProtocol;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
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

    private static final int FIRST_PLACE = 10;

    /** Where a proxy stands before the service all callers have its address, and no limits for one address. */
    @Bean
    Account account(WebSettings settings, ServerProperties server) {
        GuardLimits limits = settings.guard();
        boolean isBehindProxy = server.getForwardHeadersStrategy() != null
                && server.getForwardHeadersStrategy() != ServerProperties.ForwardHeadersStrategy.NONE;
        return new Account(isBehindProxy ? limits.behindProxy() : limits);
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
    FilterRegistrationBean<HostFilter> hosts(WebSettings settings, ProblemWriter writer) {
        return ordered(new HostFilter(settings.hostNames(), writer), 2);
    }

    @Bean
    FilterRegistrationBean<CallRateFilter> callRates(WebSettings settings, ProblemWriter writer) {
        return ordered(new CallRateFilter(settings.rates(), writer), 3);
    }

    @Bean
    FilterRegistrationBean<OriginFilter> origins(WebSettings settings, ProblemWriter writer) {
        return ordered(new OriginFilter(settings.corsOrigins(), writer), 4);
    }

    @Bean
    FilterRegistrationBean<WellFormedFilter> wellFormed(ProblemWriter writer) {
        return ordered(new WellFormedFilter(writer), 5);
    }

    @Bean
    FilterRegistrationBean<BodyFilter> bodies(WebSettings settings, ProblemWriter writer) {
        return ordered(new BodyFilter(settings.maxBodyBytes(), writer), 6);
    }

    @Bean
    FilterRegistrationBean<WorkFilter> dearCalls(WebSettings settings, ProblemWriter writer) {
        return ordered(new WorkFilter(List.copyOf(settings.dearCalls()), writer), 7);
    }

    /** In this order, before a service's own filters and after the one that believes a proxy's headers. */
    private static <T extends Filter> FilterRegistrationBean<T> ordered(T filter, int place) {
        var registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + FIRST_PLACE + place);
        return registration;
    }
}
