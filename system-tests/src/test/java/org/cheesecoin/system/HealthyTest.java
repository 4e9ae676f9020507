package org.cheesecoin.system;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.cheesecoin.system.kubernetes.Checkout;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.sun.net.httpserver.HttpServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** The images' health check, {@code docker/healthy}, asks where the program answers. */
class HealthyTest {

    private HttpServer ready;
    private HttpServer notReady;

    @BeforeEach
    void start() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "skipped: no /bin/bash here");
        ready = answering(200);
        notReady = answering(503);
    }

    @AfterEach
    void stop() {
        ready.stop(0);
        notReady.stop(0);
    }

    private static HttpServer answering(int status) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/actuator/health/readiness", exchange -> {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static String port(HttpServer server) {
        return String.valueOf(server.getAddress().getPort());
    }

    @Test
    void saysWhetherTheProgramIsReady() throws Exception {
        assertThat(exitStatus(Map.of("SERVER_PORT", port(ready)))).isZero();
        assertThat(exitStatus(Map.of("SERVER_PORT", port(notReady)))).isNotZero();
        assertThat(exitStatus(Map.of("SERVER_PORT", "1"))).isNotZero();
    }

    @Test
    void asksAtThePortOfManagementWhereThatIsSet() throws Exception {
        assertThat(exitStatus(Map.of("SERVER_PORT", "1", "MANAGEMENT_SERVER_PORT", port(ready)))).isZero();
        assertThat(exitStatus(Map.of("SERVER_PORT", port(ready), "MANAGEMENT_SERVER_PORT", port(notReady))))
                .isNotZero();
        assertThat(exitStatus(Map.of("SERVER_PORT", port(ready), "MANAGEMENT_SERVER_PORT", ""))).isZero();
    }

    /** As docs/operations.md promises: what fails within the start period does not count. */
    @Test
    void theImageOfAMemberWaitsForAnUpgradeOfItsDatabase() throws Exception {
        String dockerfile = Files.readString(Checkout.root().resolve("Dockerfile"));
        assertThat(dockerfile.substring(dockerfile.indexOf("FROM run AS member"))).contains("--start-period=1h");
    }

    private static int exitStatus(Map<String, String> environment) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("/bin/bash", "docker/healthy")
                .directory(Checkout.root().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().keySet().removeIf(it -> it.endsWith("SERVER_PORT"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }
}
