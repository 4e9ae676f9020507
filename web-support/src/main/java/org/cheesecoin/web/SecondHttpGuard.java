package org.cheesecoin.web;

import java.util.Set;

import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * {@link HttpGuard} for a server beside the API's, as Boot's for management on a port of its own. Boot gives that one a
 * page of errors that is no problem document; without a page the container's own report is, as {@link ProblemReportValve}
 * writes it.
 */
@Configuration(proxyBeanMethods = false)
@Import(HttpGuard.class)
public class SecondHttpGuard {

    /** After Boot's own, which adds the page. */
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> noErrorPages() {
        return factory -> factory.setErrorPages(Set.of());
    }
}
