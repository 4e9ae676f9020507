package org.cheesecoin.member.web;

import org.cheesecoin.membertest.ShellApplication;
import org.cheesecoin.webtest.Http;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** Who may call what where the member itself is under a path, and however a path is spelled. */
@SpringBootTest(
        classes = ShellApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"server.servlet.context-path=/coin", "management.prometheus.metrics.export.enabled=true",
                "management.endpoint.health.validate-group-membership=false"})
class PrefixedShellHttpTest {

    @LocalServerPort private int port;

    private Http http;

    @BeforeEach
    void connect() {
        http = new Http(port);
    }

    @AfterEach
    void disconnect() {
        http.close();
    }

    @ParameterizedTest
    @CsvSource({"/actuator/health,200", "/actuator/%68ealth/liveness,200", "/actuator/prometheus,200",
            "/v3/api-docs,200", "/%763/api-docs,200", "/v3/api-docs/swagger-config,200", "/swagger-ui.html,302",
            "/swagger-ui/index.html,200", "/open/5,200", "/unmarked,401", "/actuator/env,404", "/%61ctuator/env,404",
            "/nothing,404"})
    void everyPathMeansWhatItMeansWithoutThePrefix(String path, int status) {
        assertThat(http.get("/coin" + path).status()).isEqualTo(status);
    }
}
