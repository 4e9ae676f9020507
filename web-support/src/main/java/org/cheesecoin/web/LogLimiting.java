package org.cheesecoin.web;

import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;

import ch.qos.logback.classic.LoggerContext;

/** Bounds the log while a service runs, where it is Logback that writes it. */
final class LogLimiting implements InitializingBean, DisposableBean {

    private final LogLimits limits = new LogLimits(System::nanoTime);

    @Override
    public void afterPropertiesSet() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            limits.setContext(context);
            limits.start();
            context.addTurboFilter(limits);
        }
    }

    @Override
    public void destroy() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.getTurboFilterList().remove(limits);
        }
    }
}
