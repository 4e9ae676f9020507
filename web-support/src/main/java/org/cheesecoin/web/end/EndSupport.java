package org.cheesecoin.web.end;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** All of this package for a service. */
@Configuration(proxyBeanMethods = false)
public class EndSupport {

    @Bean
    ProcessEnd processEnd(ApplicationEventPublisher events) {
        ProcessEnd end = new ProcessEnd(events);
        Thread.setDefaultUncaughtExceptionHandler(new DeadlyErrors(end));
        return end;
    }

    @Bean
    Watchdog watchdog(ObjectProvider<Vital> vitals, ProcessEnd end) {
        return new Watchdog(vitals.orderedStream().toList(), end);
    }
}
