package org.cheesecoin.member.persistence;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/** What a profile says of the database. Without one it is the file in the data folder. */
class PostgresProfileTest {

    private static final String URL = "spring.datasource.url";

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withInitializer(new ConfigDataApplicationContextInitializer());

    @ParameterizedTest
    @ValueSource(strings = {"postgresql", "postgres"})
    void namesAServerOnThisMachine(String profile) {
        runner.withSystemProperties("spring.profiles.active=" + profile).run(context -> {
            assertThat(context.getEnvironment().getProperty(URL))
                    .isEqualTo("jdbc:postgresql://localhost:5432/cheesecoin");
            assertThat(context.getEnvironment().getProperty("spring.datasource.username")).isEqualTo("cheesecoin");
        });
    }

    @Test
    void givesWayToAUrlOfTheOwners() {
        String own = "jdbc:postgresql://db.example.org/other";
        runner.withSystemProperties("spring.profiles.active=postgresql", URL + "=" + own)
                .run(context -> assertThat(context.getEnvironment().getProperty(URL)).isEqualTo(own));
    }

    @Test
    void withoutOneTheDatabaseIsAFile() {
        runner.run(context -> assertThat(context.getEnvironment().containsProperty(URL)).isFalse());
    }
}
