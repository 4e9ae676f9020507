package org.cheesecoin.member.explorer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

import org.cheesecoin.member.web.Marks;
import org.cheesecoin.membertest.TestMember;
import org.cheesecoin.webtest.Contract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import io.swagger.v3.oas.annotations.Hidden;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The published OpenAPI document against what is mapped. */
class ContractHttpTest {

    private static final String PROBLEM = "application/problem+json";
    private static final String OURS = "org.cheesecoin.member";

    private static TestMember member;
    private static JsonNode document;

    @BeforeAll
    static void start() throws IOException {
        member = TestMember.start();
        document = member.get("/v3/api-docs").json();
    }

    @AfterAll
    static void stop() {
        member.close();
    }

    private record Documented(String name, JsonNode operation) {}

    private static List<Documented> documented() {
        List<Documented> all = new ArrayList<>();
        document.get("paths").propertyStream().forEach(path -> path.getValue().propertyStream()
                .forEach(it -> all.add(new Documented(it.getKey().toUpperCase(Locale.ROOT) + " "
                        + path.getKey(), it.getValue()))));
        return all;
    }

    private static List<HandlerMethod> mapped(Set<String> names) {
        List<HandlerMethod> methods = new ArrayList<>();
        member.context().getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods().forEach((info, method) -> {
                    boolean isOurs = method.getBeanType().getPackageName().startsWith(OURS)
                            && Marks.of(method) != Marks.Mark.NONE
                    // gossip is protocol.md's, not this contract's
                            && !method.getBeanType().isAnnotationPresent(Hidden.class);
                    if (isOurs) {
                        methods.add(method);
                        info.getMethodsCondition().getMethods().forEach(verb -> info.getPatternValues()
                                .forEach(pattern -> names.add(verb + " " + pattern)));
                    }
                });
        return methods;
    }

    @Test
    void everyMappedOperationIsPublished() {
        Set<String> names = new TreeSet<>();
        mapped(names);
        assertThat(names).contains("GET /node", "POST /transactions", "GET /events", "POST /mining/cheeses");
        assertThat(documented().stream().map(Documented::name)).containsAll(names);
    }

    @Test
    void everyOperationSaysWhatItDoesAndHowItFails() {
        assertThat(documented()).allSatisfy(it -> {
            JsonNode operation = it.operation();
            assertThat(operation.path("summary").asString("")).as(it.name()).isNotBlank();
            assertThat(operation.path("tags").isEmpty()).as(it.name()).isFalse();
            JsonNode responses = operation.get("responses");
            List<String> statuses = responses.propertyStream().map(response -> response.getKey()).toList();
            assertThat(statuses).as(it.name()).contains("400", "429", "500", "503");
            boolean answersNothing = responses.propertyStream().noneMatch(response -> response.getKey().startsWith("2")
                    && response.getValue().has("content"));
            assertThat(statuses.contains("406")).as(it.name()).isNotEqualTo(answersNothing);
            assertThat(statuses.stream().filter(status -> status.startsWith("2"))).as(it.name()).isNotEmpty();
            responses.propertyStream().forEach(response -> {
                String as = it.name() + " " + response.getKey();
                assertThat(response.getValue().path("description").asString("")).as(as).isNotBlank();
                if (!response.getKey().startsWith("2")) {
                    assertThat(response.getValue().path("content").has(PROBLEM)).as(as).isTrue();
                } else if (!answersNothing) {
                    assertThat(response.getValue().path("content").isEmpty()).as(as).isFalse();
                }
            });
        });
    }

    @Test
    void everyFieldAndParameterSaysWhatItIs() {
        List<String> silent = new ArrayList<>();
        document.at("/components/schemas").propertyStream().forEach(schema -> schema.getValue().path("properties")
                .propertyStream()
                .filter(field -> !field.getValue().has("description") && !field.getValue().has("$ref"))
                .forEach(field -> silent.add(schema.getKey() + "." + field.getKey())));
        documented().forEach(it -> it.operation().path("parameters").values().stream()
                .filter(parameter -> !parameter.has("description"))
                .forEach(parameter -> silent.add(it.name() + " " + parameter.get("name").stringValue())));
        assertThat(silent).isEmpty();
    }

    @Test
    void aFormThatIsFilledInSwaggerUiShowsAnExampleForEachField() {
        Set<String> bodies = new TreeSet<>();
        documented().forEach(it -> it.operation().at("/requestBody/content").propertyStream()
                .map(content -> content.getValue().at("/schema/$ref").asString(""))
                .filter(ref -> !ref.isEmpty())
                .forEach(bodies::add));
        List.copyOf(bodies).forEach(body -> document.at(body.substring(1)).path("oneOf").values()
                .forEach(way -> bodies.add(way.get("$ref").stringValue())));
        assertThat(bodies).hasSizeGreaterThan(5);
        List<String> silent = new ArrayList<>();
        bodies.forEach(body -> document.at(body.substring(1)).path("properties").propertyStream()
                .filter(field -> !field.getValue().has("example") && !field.getValue().has("$ref")
                        && !field.getValue().path("type").asString("").equals("array")
                        && !field.getValue().path("type").asString("").equals("boolean"))
                .forEach(field -> silent.add(body + " " + field.getKey())));
        assertThat(silent).isEmpty();
        JsonNode scheme = document.at("/components/securitySchemes/ownerToken");
        assertThat(scheme.get("type").stringValue()).isEqualTo("http");
        assertThat(scheme.get("scheme").stringValue()).isEqualTo("bearer");
    }

    @Test
    void anAnswerThatBreaksTheContractIsNoticed() {
        Contract contract = new Contract(document.toString());
        String json = "application/json";
        String tip = member.get("/cheeses/tip").response().body();
        contract.check("GET", "/cheeses/tip", 200, json, tip);
        assertThatThrownBy(() -> contract.check("GET", "/cheeses/tip", 200, json, tip.replace("\"smell\":", "\"x\":")))
                .as("an unknown field").isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> contract.check("GET", "/cheeses/tip", 200, json,
                tip.replaceFirst("\"height\":[0-9]+", "\"height\":\"1\"")))
                .as("a text for a number").isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> contract.check("GET", "/cheeses/tip", 200, "text/plain", tip))
                .as("another media type").isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> contract.check("GET", "/cheeses/tip", 418, json, tip))
                .as("another status").isInstanceOf(AssertionError.class);
    }

    @Test
    void whatIsTheOwnersSaysSo() {
        assertThat(documented()).allSatisfy(it -> {
            boolean isSecured = it.operation().has("security") && !it.operation().get("security").isEmpty();
            assertThat(it.operation().get("responses").has("401")).as(it.name()).isEqualTo(isSecured);
        });
        assertThat(documented().stream()
                .filter(it -> it.operation().get("responses").has("401"))
                .map(Documented::name))
                .contains("POST /peers", "DELETE /peers/{nodeId}", "PUT /mining", "POST /mining/cheeses")
                .doesNotContain("POST /transactions", "GET /node");
    }
}
