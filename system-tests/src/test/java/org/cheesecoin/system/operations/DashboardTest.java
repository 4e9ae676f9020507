package org.cheesecoin.system.operations;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.cheesecoin.system.kubernetes.Checkout;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** The dashboard is one that Grafana shows as it is meant, as far as that can be told without Grafana. */
class DashboardTest {

    private static final int COLUMNS = 24;
    /** Ids from Grafana's list of units. One that it does not know becomes a word behind the number. */
    private static final Set<String> UNITS = Set.of("none", "s", "bytes", "Bps", "percentunit", "Hs", "cps");
    private static final Set<String> BUILT_IN = Set.of("__rate_interval", "__interval", "__range");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{?(\\w+)}?");

    private final JsonNode dashboard = read(new ObjectMapper(), "ops/grafana/cheesecoin.json");
    private final JsonNode panels = dashboard.get("panels");

    @Test
    void eachPanelHasAnIdAndAPlaceOfItsOwn() {
        Set<Integer> ids = new TreeSet<>();
        Set<String> taken = new TreeSet<>();
        for (JsonNode panel : panels) {
            String title = panel.get("title").asText();
            assertThat(ids.add(panel.get("id").asInt())).as("id of " + title).isTrue();
            JsonNode place = panel.get("gridPos");
            assertThat(place.get("x").asInt() + place.get("w").asInt()).as(title).isLessThanOrEqualTo(COLUMNS);
            for (int x = place.get("x").asInt(); x < place.get("x").asInt() + place.get("w").asInt(); x++) {
                for (int y = place.get("y").asInt(); y < place.get("y").asInt() + place.get("h").asInt(); y++) {
                    assertThat(taken.add(x + "," + y)).as(title + " lies on another panel at " + x + "," + y).isTrue();
                }
            }
        }
    }

    @Test
    void eachPanelSaysWhatItShowsInAUnitThatGrafanaKnows() {
        assertThat(shown()).isNotEmpty().allSatisfy(panel -> {
            String title = panel.get("title").asText();
            assertThat(panel.get("fieldConfig").get("defaults").get("unit").asText()).as(title).isIn(UNITS);
            assertThat(panel.get("description").asText()).as(title).isNotBlank();
            List<String> refIds = panel.get("targets").findValuesAsText("refId");
            assertThat(refIds).as(title).isNotEmpty().doesNotHaveDuplicates();
        });
    }

    @Test
    void everyVariableThatIsUsedIsOffered() {
        Set<String> offered = new TreeSet<>(BUILT_IN);
        offered.addAll(dashboard.get("templating").get("list").findValuesAsText("name"));
        List<String> texts = new ArrayList<>(dashboard.findValuesAsText("expr"));
        texts.addAll(dashboard.findValuesAsText("uid"));
        for (String text : texts) {
            Matcher variable = VARIABLE.matcher(text);
            while (variable.find()) {
                assertThat(offered).as(text).contains(variable.group(1));
            }
        }
    }

    @Test
    void everyPanelAsksTheDataSourceThatIsProvisioned() {
        JsonNode source = read(new YAMLMapper(), "ops/grafana/provisioning/datasources/prometheus.yml")
                .get("datasources").get(0);
        JsonNode choice = dashboard.get("templating").get("list").get(0);
        assertThat(choice.get("type").asText()).isEqualTo("datasource");
        assertThat(choice.get("query").asText()).isEqualTo(source.get("type").asText());
        assertThat(source.get("isDefault").asBoolean()).isTrue();
        assertThat(shown()).allSatisfy(panel -> {
            assertThat(panel.get("datasource").get("type")).isEqualTo(source.get("type"));
            assertThat(panel.findValuesAsText("uid")).containsOnly("${" + choice.get("name").asText() + "}");
        });
    }

    @Test
    void composeMountsWhatIsProvisionedAndPrometheusFindsItsRules() {
        JsonNode services = read(new YAMLMapper(), "docker-compose.yml").get("services");
        String dashboards = read(new YAMLMapper(), "ops/grafana/provisioning/dashboards/cheesecoin.yml")
                .get("providers").get(0).get("options").get("path").asText();
        assertThat(services.get("grafana").get("volumes")).extracting(JsonNode::asText)
                .contains("./ops/grafana:" + dashboards + ":ro",
                        "./ops/grafana/provisioning:/etc/grafana/provisioning:ro");
        JsonNode prometheus = services.get("prometheus");
        String configured = read(new YAMLMapper(), "ops/prometheus/prometheus.yml").get("rule_files").get(0).asText();
        assertThat(configured).startsWith("/etc/prometheus/alerts");
        assertThat(prometheus.get("volumes")).extracting(JsonNode::asText)
                .contains("./ops/prometheus:/etc/prometheus:ro");
        assertThat(read(new YAMLMapper(), "ops/grafana/provisioning/datasources/prometheus.yml")
                .get("datasources").get(0).get("url").asText()).isEqualTo("http://prometheus:9090");
    }

    private List<JsonNode> shown() {
        List<JsonNode> shown = new ArrayList<>();
        panels.forEach(panel -> {
            if (!panel.get("type").asText().equals("row")) {
                shown.add(panel);
            }
        });
        return shown;
    }

    private static JsonNode read(ObjectMapper mapper, String path) {
        try {
            return mapper.readTree(Checkout.text(path));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
