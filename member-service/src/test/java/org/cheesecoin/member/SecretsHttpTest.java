package org.cheesecoin.member;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.membertest.RunningMember;
import org.cheesecoin.webtest.Http;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.logging.LoggingSystemProperty;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** Secrets stay where they belong, however much is logged; and a log is JSON where it is asked to be. */
@ExtendWith(OutputCaptureExtension.class)
class SecretsHttpTest {

    private static final String PASSPHRASE = "correct-horse-battery";
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir private Path folder;

    /** The switch is kept for the whole JVM. */
    @AfterEach
    void backToPlainLines() {
        System.clearProperty(LoggingSystemProperty.CONSOLE_STRUCTURED_FORMAT.getEnvironmentVariableName());
    }

    @Test
    void noLogErrorOrActuatorAnswerShowsASecret(CapturedOutput output) throws IOException {
        List<String> answers = new ArrayList<>();
        String token;
        String words;
        try (RunningMember member = RunningMember.in(folder, "--cheesecoin.wallet.passphrase=" + PASSPHRASE,
                "--logging.level.org.cheesecoin=trace", "--logging.level.org.springframework=debug")) {
            token = member.token();
            words = member.post("/wallet/words", "").json().get("words").values().stream()
                    .map(JsonNode::stringValue)
                    .collect(Collectors.joining(" "));
            member.mine(1, TestKeys.key(5).address());
            for (String path : List.of("/actuator", "/actuator/health", "/actuator/health/readiness", "/actuator/env",
                    "/actuator/configprops", "/actuator/prometheus", "/v3/api-docs", "/node", "/wallet", "/mempool",
                    "/no-such-path")) {
                answers.add(member.get(path).response().body());
                answers.add(member.http().get(path).response().body());
            }
            answers.add(member.post("/wallet/payments", "{\"to\":\"x\",\"amountCrumbs\":1}").response().body());
            answers.add(member.http().post("/wallet/payments", token + "x", "{}").response().body());
        }
        String logged = output.getAll();
        assertThat(logged).contains("DEBUG").contains("Cheese 1");
        String twoWords = words.substring(0, words.indexOf(' ', words.indexOf(' ') + 1));
        for (String secret : List.of(PASSPHRASE, token, twoWords, twoWords.replace(" ", ", "))) {
            assertThat(logged.lines().filter(it -> it.contains(secret))).isEmpty();
            assertThat(answers).noneMatch(it -> it.contains(secret));
        }
        assertThat(Files.readString(folder.resolve("wallet.key"), StandardCharsets.ISO_8859_1))
                .doesNotContain(words);
    }

    @Test
    void aSwitchMakesEachLineOfTheLogAnObject(CapturedOutput output) {
        try (RunningMember member = RunningMember.in(folder, "--logging.structured.format.console=ecs")) {
            member.mine(1, TestKeys.key(5).address());
            Http.Answer _ = member.get("/no-such-path");
        }
        List<JsonNode> lines = output.getOut().lines().filter(it -> !it.isBlank()).map(JSON::readTree).toList();
        assertThat(lines).isNotEmpty().allMatch(it -> it.has("@timestamp") && it.has("message"));
        assertThat(lines).anyMatch(it -> it.get("message").stringValue().startsWith("Cheese 1 "));
        assertThat(lines).allMatch(it -> it.get("service").get("name").stringValue().equals("cheesecoin-member"));
    }
}
