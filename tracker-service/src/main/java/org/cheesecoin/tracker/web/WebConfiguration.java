package org.cheesecoin.tracker.web;

import org.apache.catalina.core.StandardHost;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.tomcat.TomcatContextCustomizer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** What stands between Tomcat and the controllers. */
@Configuration(proxyBeanMethods = false)
class WebConfiguration {

    /** The body's limit, before anything else looks at the request. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    BodyLimitFilter bodyLimitFilter(@Value("${cheesecoin.web.max-body-bytes:16384}") int maxBodyBytes) {
        return new BodyLimitFilter(maxBodyBytes);
    }

    /** Last, so that our valve is nearer to the request than Boot's and reports first. */
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemReports() {
        TomcatContextCustomizer customizer = context -> {
            if (context.getParent() instanceof StandardHost host) {
                host.setErrorReportValveClass(ProblemReportValve.class.getName());
                host.getPipeline().addValve(new ProblemReportValve());
            }
        };
        return factory -> factory.addContextCustomizers(customizer);
    }
}
