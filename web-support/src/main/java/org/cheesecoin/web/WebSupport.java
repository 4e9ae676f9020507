package org.cheesecoin.web;

import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

import jakarta.servlet.Filter;
import tools.jackson.databind.json.JsonMapper;

/** All of this package for a service, which imports it and chooses {@link WebSettings}. */
@Configuration(proxyBeanMethods = false)
@Import({ProblemAdvice.class, ProblemErrorController.class, ProblemsInOpenApi.class})
public class WebSupport {

    private static final int FIRST_PLACE = 10;

    @Bean
    JsonMapperBuilderCustomizer strictJson() {
        return new StrictJson();
    }

    @Bean
    WebMvcConfigurer acceptFirst() {
        return new WebMvcConfigurer() {

            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(new AcceptFirst());
            }
        };
    }

    @Bean
    ProblemWriter problemWriter(JsonMapper json) {
        return new ProblemWriter(json);
    }

    @Bean
    FilterRegistrationBean<SecurityHeaders> securityHeaders() {
        return ordered(new SecurityHeaders(), 0);
    }

    @Bean
    FilterRegistrationBean<CallRateFilter> callRates(WebSettings settings, ProblemWriter writer) {
        return ordered(new CallRateFilter(settings.rates(), writer), 1);
    }

    @Bean
    FilterRegistrationBean<OriginFilter> origins(WebSettings settings, ProblemWriter writer) {
        return ordered(new OriginFilter(settings.corsOrigins(), writer), 2);
    }

    @Bean
    FilterRegistrationBean<BodyLimitFilter> bodyLimit(WebSettings settings) {
        return ordered(new BodyLimitFilter(settings.maxBodyBytes()), 3);
    }

    /** After Boot's own, so that this valve is the inner one and reports first. */
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemsFromTomcat(ProblemWriter writer) {
        return factory -> factory.addContextCustomizers(
                context -> context.getParent().getPipeline().addValve(new ProblemReportValve(writer)));
    }

    /** In this order, before a service's own filters and after the one that believes a proxy's headers. */
    private static <T extends Filter> FilterRegistrationBean<T> ordered(T filter, int place) {
        var registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + FIRST_PLACE + place);
        return registration;
    }
}
