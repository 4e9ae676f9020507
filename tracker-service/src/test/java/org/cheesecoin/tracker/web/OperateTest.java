package org.cheesecoin.tracker.web;

import java.net.http.HttpRequest;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.cheesecoin.tracker.TrackerApplication;
import org.cheesecoin.webtest.Http;
import org.cheesecoin.webtest.PublishedMetrics;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** What whoever runs a tracker sees of it: metrics, readiness, logs. */
@ExtendWith(OutputCaptureExtension.class)
class OperateTest {

    private static final JsonMapper JSON = new JsonMapper();

    private ServletWebServerApplicationContext context;
    private Http http;

    @BeforeEach
    void start() {
        context = (ServletWebServerApplicationContext) new SpringApplication(TrackerApplication.class)
                .run("--server.port=0", "--logging.structured.format.console=ecs");
        http = new Http(context.getWebServer().getPort());
    }

    @AfterEach
    void stop() {
        http.close();
        context.close();
    }

    @Test
    void publishesWhatIsListedAndNothingElseOfItsOwn() {
        PublishedMetrics.assertAsListed("tracker", scraped());
    }

    @Test
    void noCallOfAStrangerMakesASeriesOfItsOwn() {
        Set<String> before = seriesAfterCalls("first");
        assertThat(before).isNotEmpty();
        assertThat(seriesAfterCalls("second")).isEqualTo(before);
    }

    /** The series of calls after many that all differ in whatever a stranger chooses. */
    private Set<String> seriesAfterCalls(String salt) {
        for (int i = 0; i < 4; i++) {
            String word = salt + i;
            for (String path : List.of("/" + word, "/networks/" + word, "/peers/" + word, "/peers?network=" + word,
                    "/actuator/" + word)) {
                Http.Answer _ = http.get(path);
                Http.Answer _ = http.send(http.request(path)
                        .method("M" + word.toUpperCase(Locale.ROOT), HttpRequest.BodyPublishers.noBody()));
                Http.Answer _ = http.send(http.request(path)
                        .header("Accept", "text/" + word).header("Content-Type", "text/" + word)
                        .PUT(HttpRequest.BodyPublishers.ofString(word)));
            }
        }
        return scraped().lines()
                .filter(it -> it.startsWith("http_server_requests_seconds_count") && !it.contains("/prometheus"))
                .map(it -> it.substring(0, it.lastIndexOf(' ')))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void aTrackerWithoutMembersIsReady() {
        assertThat(http.get("/actuator/health/readiness").status()).isEqualTo(200);
    }

    @Test
    void aSwitchMakesEachLineOfTheLogAnObject(CapturedOutput output) {
        context.close();
        List<JsonNode> lines = output.getOut().lines().filter(it -> !it.isBlank()).map(JSON::readTree).toList();
        assertThat(lines).isNotEmpty().allMatch(it -> it.has("@timestamp") && it.has("message"));
        assertThat(lines).anyMatch(it -> it.get("message").stringValue().startsWith("Tracker ready"));
        assertThat(lines).allMatch(it -> it.get("service").get("name").stringValue().equals("cheesecoin-tracker"));
    }

    private String scraped() {
        return http.get("/actuator/prometheus").response().body();
    }
}
