package org.cheesecoin.member.web;

import java.io.IOException;

import org.cheesecoin.member.settings.MemberProperties;
import org.cheesecoin.webtest.HeldCalls;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The limits that the member chooses, before controllers whose calls stay at work. */
@SpringBootTest(
        classes = WebConfigurationTest.Service.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"spring.datasource.url=jdbc:h2:mem:web-configuration", "spring.flyway.enabled=false",
                // there is no loop here
                "management.endpoint.health.validate-group-membership=false"})
class WebConfigurationTest {

    private static final HeldCalls RAW_CHEESES = new HeldCalls();
    private static final HeldCalls LONG_ANSWERS = new HeldCalls();

    @LocalServerPort private int port;

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EnableConfigurationProperties(MemberProperties.class)
    @Import({WebConfiguration.class, Calls.class})
    static class Service {

        @Bean
        SecurityFilterChain everybody(HttpSecurity http) {
            return http.authorizeHttpRequests(it -> it.anyRequest().permitAll()).build();
        }
    }

    @RestController
    static class Calls {

        @GetMapping("/cheeses/{smell}/raw")
        String raw() {
            return RAW_CHEESES.hold();
        }

        @GetMapping({"/v3/held", "/actuator/prometheus/held"})
        String longAnswer() {
            return LONG_ANSWERS.hold();
        }
    }

    @Test
    void threeRawCheesesAreWrittenAtOnceAndOneForOneAddress() throws IOException {
        RAW_CHEESES.fill(port, "/cheeses/1/raw", 3, 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v3/held", "/actuator/prometheus/held"})
    void threeLongAnswersAreWrittenAtOnceAndTwoForOneAddress(String path) throws IOException {
        LONG_ANSWERS.fill(port, path, 3, 2);
    }
}
