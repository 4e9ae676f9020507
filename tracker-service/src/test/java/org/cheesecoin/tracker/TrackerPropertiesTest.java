package org.cheesecoin.tracker;

import java.util.List;

import org.cheesecoin.chain.testing.HostTable;
import org.cheesecoin.chain.wire.TrackerUrl;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

class TrackerPropertiesTest {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(ValidationAutoConfiguration.class))
            .withUserConfiguration(Bound.class);

    @EnableConfigurationProperties(TrackerProperties.class)
    static class Bound {}

    @Test
    void itsUrlsAreThoseThatMembersTake() {
        for (HostTable.Row row : HostTable.rows()) {
            String url = "http://" + row.host() + ":8080";
            runner.withPropertyValues("cheesecoin.tracker.url=" + url).run(context -> {
                if (row.isTaken()) {
                    assertThat(context).as(url).hasNotFailed();
                } else {
                    assertThat(context.getStartupFailure()).as(url).rootCause()
                            .hasMessageContaining(TrackerUrl.faultOf(url).orElseThrow());
                }
            });
        }
    }

    @Test
    void aUrlMayHaveTheTwoFormsOfAProxy() {
        for (String url : List.of("https://example.org", "https://example.org/coin/tracker/")) {
            runner.withPropertyValues("cheesecoin.tracker.url=" + url)
                    .run(context -> assertThat(context).hasNotFailed());
        }
        for (String url : List.of("ftp://example.org", "http://example.org?x=1", "http://me@example.org")) {
            runner.withPropertyValues("cheesecoin.tracker.url=" + url).run(context -> assertThat(context).hasFailed());
        }
    }
}
