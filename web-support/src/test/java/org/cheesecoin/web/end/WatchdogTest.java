package org.cheesecoin.web.end;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

import org.apache.catalina.connector.Connector;
import org.cheesecoin.webtest.DyingPort;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.servlet.context.AnnotationConfigServletWebServerApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A program that serves nobody any more ends, and no other. */
class WatchdogTest {

    private final List<String> reasons = new CopyOnWriteArrayList<>();
    private final AtomicReference<Optional<String>> failure = new AtomicReference<>(Optional.empty());
    private final Watchdog watchdog = new Watchdog(List.of(failure::get), reasons::add);
    private final Connector dying = DyingPort.on(0);
    private AnnotationConfigServletWebServerApplicationContext context;

    @BeforeEach
    void start() {
        TomcatServletWebServerFactory factory = new TomcatServletWebServerFactory(0);
        factory.addAdditionalConnectors(dying);
        context = new AnnotationConfigServletWebServerApplicationContext();
        context.registerBean("factory", TomcatServletWebServerFactory.class, () -> factory);
        context.registerBean("watchdog", Watchdog.class, () -> watchdog);
        context.refresh();
    }

    @AfterEach
    void stop() {
        context.close();
    }

    private static void connect(int port) throws IOException {
        new Socket(InetAddress.getLoopbackAddress(), port).close();
    }

    @Test
    void endsAProgramOneOfWhosePortsHasLostItsAcceptor() throws IOException {
        connect(dying.getLocalPort());

        await().until(() -> !reasons.isEmpty());

        assertThat(reasons.getFirst()).contains("-Acceptor").contains("has died");
    }

    @Test
    void knowsBothThreadsOfEachPort() {
        List<Thread> threads = ServerThreads.of(((TomcatWebServer) context.getWebServer()).getTomcat());

        assertThat(threads).hasSize(4).allSatisfy(it -> assertThat(it.isAlive()).isTrue());
        assertThat(threads).extracting(Thread::getName).filteredOn(it -> it.endsWith("-Poller")).hasSize(2);
    }

    @Test
    void endsAProgramOfWhichSomethingVitalHasFailed() {
        failure.set(Optional.of("something vital"));

        await().until(() -> reasons.contains("something vital"));
    }

    @Test
    void looksOnWhereALookFails() {
        Watchdog blind = new Watchdog(List.of(() -> {
            if (failure.get().isEmpty()) {
                throw new IllegalStateException("a bug, for a test");
            }
            return failure.get();
        }), reasons::add);
        blind.start();
        failure.set(Optional.of("seen"));

        await().until(() -> reasons.contains("seen"));
        blind.stop();
    }

    @Test
    void leavesAProgramThatServesOrStops() throws IOException {
        watchdog.look();
        context.close();
        watchdog.look();

        assertThat(reasons).isEmpty();
    }
}
