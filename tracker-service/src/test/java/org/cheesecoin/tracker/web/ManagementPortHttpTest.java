package org.cheesecoin.tracker.web;

import org.cheesecoin.tracker.TrackerApplication;
import org.cheesecoin.webtest.ManagementPortTests;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The tracker's. */
class ManagementPortHttpTest extends ManagementPortTests {

    private static ConfigurableApplicationContext context;

    @BeforeAll
    static void start() {
        context = new SpringApplication(TrackerApplication.class).run("--server.port=0", "--management.server.port=0");
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    @Override
    protected int port() {
        return context.getEnvironment().getRequiredProperty("local.management.port", Integer.class);
    }
}
