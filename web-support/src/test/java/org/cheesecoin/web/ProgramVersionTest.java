package org.cheesecoin.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** One version, that of pom.xml, wherever one is named. What is not built by Maven has none, and fails here. */
class ProgramVersionTest {

    private static final Pattern VERSION = Pattern
            .compile("<artifactId>cheesecoin-parent</artifactId>\\s*<version>([^<]+)</version>");

    private static String ofThePom() throws IOException {
        Matcher found = VERSION.matcher(Files.readString(Path.of("..", "pom.xml")));
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    @Test
    void isThatOfTheBuild() throws IOException {
        assertThat(ProgramVersion.text()).isEqualTo(ofThePom());
        assertThat(ProgramVersion.userAgent()).isEqualTo("CheeseCoin/" + ofThePom());
    }

    @Test
    void theImagesAreLabelledWithIt() throws IOException {
        String dockerfile = Files.readString(Path.of("..", "Dockerfile"));
        assertThat(dockerfile).contains("ARG CHEESECOIN_VERSION=" + ofThePom() + "\n",
                "org.opencontainers.image.version=\"$CHEESECOIN_VERSION\"");
    }
}
