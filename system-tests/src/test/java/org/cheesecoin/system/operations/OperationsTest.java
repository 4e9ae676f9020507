package org.cheesecoin.system.operations;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.cheesecoin.system.kubernetes.Checkout;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Alerts and dashboard ask for metrics that are listed, and whoever is woken by an alert finds what it means. */
class OperationsTest {

    /** Given by Prometheus to whatever it scrapes. */
    private static final Set<String> TARGET_LABELS = Set.of("instance", "job");

    private static final List<ListedMetric> LISTED = ListedMetric.parse(Checkout.text("ops/metrics.txt"));

    @Test
    void eachMetricIsListedOnce() {
        assertThat(LISTED.stream().flatMap(ListedMetric::series)).doesNotHaveDuplicates();
        assertThat(LISTED.stream().filter(it -> !it.from().equals("standard")).map(ListedMetric::name))
                .allMatch(it -> it.startsWith("cheesecoin_"));
        assertThat(LISTED.stream().filter(it -> it.type().equals("counter")).map(ListedMetric::name))
                .allMatch(it -> it.endsWith("_total"));
        assertThat(LISTED.stream().filter(it -> it.type().equals("timer")).map(ListedMetric::name))
                .allMatch(it -> it.endsWith("_seconds"));
    }

    @Test
    void everyAlertAsksForListedMetrics() {
        assertThat(alerts()).isNotEmpty();
        alerts().forEach((name, alert) -> assertThat(faults(alert.get("expr").asText())).as(name).isEmpty());
    }

    @Test
    void everyPanelAsksForListedMetrics() {
        assertThat(panelQueries()).isNotEmpty().allSatisfy(it -> assertThat(faults(it)).as(it).isEmpty());
    }

    @Test
    void theDashboardShowsEveryMetricOfOurOwn() {
        Set<String> shown = new TreeSet<>();
        panelQueries().forEach(it -> shown.addAll(Query.of(it).series()));
        assertThat(LISTED.stream()
                .filter(it -> !it.from().equals("standard"))
                .filter(it -> it.series().noneMatch(shown::contains))
                .map(ListedMetric::name)).as("metrics that no panel shows").isEmpty();
    }

    @Test
    void aMisspeltMetricLabelOrValueIsNoticed() {
        assertThat(faults("sum by (job) (rate(cheesecoin_commit_seconds_sum{job=\"member\"}[5m])) > 1")).isEmpty();
        assertThat(faults("cheesecoin_tip_heigth")).containsExactly("no metric cheesecoin_tip_heigth");
        assertThat(faults("cheesecoin_commit_seconds > 1")).containsExactly("no metric cheesecoin_commit_seconds");
        assertThat(faults("sum without (directoin) (cheesecoin_peers)")).containsExactly("no label directoin");
        assertThat(faults("cheesecoin_peers{rule=\"HDR-WORK\"}")).containsExactly("no label rule");
        assertThat(faults("cheesecoin_reorganisations_total{depth=\"7+\"}")).containsExactly("no value depth=7+");
        assertThatThrownBy(() -> ListedMetric.parse("member cheesecoin_tip_height guage - height"))
                .hasMessageContaining("guage");
    }

    @Test
    void everyAlertSaysHowBadItIsAndWhatItMeans() {
        alerts().forEach((name, alert) -> {
            assertThat(alert.get("labels").get("severity").asText()).as(name).isIn("warning", "critical");
            assertThat(alert.get("annotations").get("summary").asText()).as(name).contains("{{ $");
            assertThat(alert.get("annotations").get("description").asText()).as(name).isNotBlank();
        });
    }

    @Test
    void theManualExplainsExactlyTheseAlerts() {
        String manual = Checkout.text("docs/operations.md");
        int watch = manual.indexOf("\n## Watch\n");
        List<String> explained = new ArrayList<>();
        Matcher heading = Pattern.compile("^### (.+)$", Pattern.MULTILINE)
                .matcher(manual.substring(watch, manual.indexOf("\n## ", watch + 1)));
        while (heading.find()) {
            explained.add(heading.group(1));
        }
        assertThat(explained).containsExactlyInAnyOrderElementsOf(alerts().keySet());
    }

    @Test
    void prometheusItselfTakesItsFilesAndTheRulesFireWhenTheyShould() {
        Optional<Path> promtool = Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(it -> Path.of(it, "promtool"))
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(promtool.isPresent(), "skipped: no promtool on the path to try ops/prometheus/test-alerts.yml with");
        run(promtool.get(), "check", "config", "--syntax-only", "ops/prometheus/prometheus.yml");
        run(promtool.get(), "test", "rules", "ops/prometheus/test-alerts.yml");
    }

    @Test
    void everyAlertIsTriedInTheSilentAndInTheLoudCase() {
        assertThat(tree("ops/prometheus/test-alerts.yml").get("tests")).hasSize(2).allSatisfy(
                test -> assertThat(test.get("alert_rule_test").findValuesAsText("alertname"))
                        .containsExactlyInAnyOrderElementsOf(alerts().keySet()));
    }

    private static List<String> faults(String expression) {
        Query query = Query.of(expression);
        List<String> faults = new ArrayList<>();
        Map<String, Set<String>> labels = new TreeMap<>();
        TARGET_LABELS.forEach(it -> labels.put(it, Set.of()));
        for (String series : query.series()) {
            Optional<ListedMetric> listed = LISTED.stream()
                    .filter(it -> it.series().anyMatch(series::equals))
                    .findFirst();
            listed.ifPresentOrElse(it -> labels.putAll(it.labels()), () -> faults.add("no metric " + series));
        }
        query.labels().forEach((label, values) -> {
            if (!labels.containsKey(label)) {
                faults.add("no label " + label);
            } else if (!labels.get(label).isEmpty()) {
                values.stream().filter(it -> !labels.get(label).contains(it))
                        .forEach(it -> faults.add("no value " + label + "=" + it));
            }
        });
        return faults;
    }

    private static Map<String, JsonNode> alerts() {
        Map<String, JsonNode> alerts = new TreeMap<>();
        for (JsonNode group : tree("ops/prometheus/alerts.yml").get("groups")) {
            for (JsonNode rule : group.get("rules")) {
                alerts.put(rule.get("alert").asText(), rule);
            }
        }
        return alerts;
    }

    private static List<String> panelQueries() {
        return tree("ops/grafana/cheesecoin.json").get("panels").findValuesAsText("expr");
    }

    /** JSON is YAML too. */
    private static JsonNode tree(String path) {
        try {
            return new YAMLMapper().readTree(Checkout.text(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void run(Path program, String... words) {
        try {
            Path said = Files.createTempFile("said", ".txt");
            Process process = new ProcessBuilder(
                    Stream.concat(Stream.of(program.toString()), Stream.of(words)).toList())
                    .directory(Checkout.root().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
            boolean ended = process.waitFor(60, TimeUnit.SECONDS);
            process.destroyForcibly();
            String text = Files.readString(said);
            Files.delete(said);
            assertThat(ended && process.exitValue() == 0).as(text).isTrue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
