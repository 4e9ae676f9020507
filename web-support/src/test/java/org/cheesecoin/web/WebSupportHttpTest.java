package org.cheesecoin.web;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import org.cheesecoin.chain.cheese.Amount;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.web.guard.GuardLimits;
import org.cheesecoin.webtest.Http;
import org.cheesecoin.webtest.Http.Answer;
import org.cheesecoin.webtest.Raw;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;

import static org.assertj.core.api.Assertions.assertThat;

/** What every call of a service has in common, over real HTTP. */
@SpringBootTest(
        classes = WebSupportHttpTest.Service.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "server.max-http-request-header-size=16KB")
@ExtendWith(OutputCaptureExtension.class)
class WebSupportHttpTest {

    private static final String FRIEND = "https://wallet.example";
    private static final int RARE_CALLS = 3;

    @LocalServerPort private int port;

    private Http http;

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({WebSupport.class, Calls.class})
    static class Service {

        @Bean
        WebSettings webSettings() {
            return new WebSettings(2_048, List.of(
                    new CallRate(it -> it.path().equals("/rare"), RARE_CALLS, Duration.ofHours(1)),
                    new CallRate(_ -> true, 10_000, Duration.ofSeconds(1))), List.of(), List.of(FRIEND),
                    new HostNames(List.of("Shop.example")), GuardLimits.within(12 << 20, 2_048),
                    TrustedProxies.NONE);
        }
    }

    record Payment(String to, long amountCrumbs, Optional<Long> feeRate) {

        Payment {
            if (amountCrumbs < 1 || amountCrumbs > Amount.MAX_CRUMBS) {
                throw new IllegalArgumentException("amountCrumbs must be from 1 to " + Amount.MAX_CRUMBS);
            }
        }
    }

    record Names(List<String> names) {}

    record Echo(String to, long amountCrumbs) {}

    @RestController
    static class Calls {

        @GetMapping("/open/{number}")
        Echo open(@PathVariable int number, @RequestParam Optional<Integer> limit) {
            return new Echo("open", number + limit.orElse(0));
        }

        @GetMapping("/rare")
        Echo rare() {
            return new Echo("rare", 0);
        }

        @GetMapping("/missing/{id}")
        @Problems(Problem.NOT_FOUND)
        Echo missing(@PathVariable String id) {
            throw Refusal.notFound("cheese", id);
        }

        @GetMapping("/broken")
        Echo broken() {
            throw new IllegalStateException("the secret is 42");
        }

        @GetMapping("/refused")
        Echo refused() {
            throw new Refusal(Violation.of(Rule.TRX_UNDERFUNDED).with("inputCrumbs", 5).with("outputCrumbs", 7));
        }

        @GetMapping("/busy")
        Echo busy() {
            throw Refusal.retryLater(Problem.TOO_MANY_REQUESTS, "Slow down", 7);
        }

        @PostMapping(path = "/pay", consumes = "application/json")
        Echo pay(@RequestBody Payment payment) {
            return new Echo(payment.to(), payment.amountCrumbs());
        }

        @PostMapping("/names")
        Names names(@RequestBody Names names) {
            return names;
        }
    }

    @BeforeEach
    void connect() {
        http = new Http(port);
    }

    @AfterEach
    void disconnect() {
        http.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/open/1", "/nothing", "/missing/1"})
    void everyAnswerCarriesTheHeadersOfSecurity(String path) {
        Answer answer = http.get(path);
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
        assertThat(answer.header("Content-Security-Policy")).contains("default-src 'self'");
        assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.response().headers().map()).doesNotContainKey("set-cookie");
    }

    @Test
    void aCallerThatCallsMoreThanItMayIsToldWhenToComeBack() {
        List<Answer> answers = IntStream.range(0, RARE_CALLS + 1).mapToObj(_ -> http.get("/rare")).toList();
        assertThat(answers.subList(0, RARE_CALLS)).allMatch(it -> it.status() == 200);
        Answer last = answers.getLast();
        assertThat(last.problem()).isEqualTo("too-many-requests");
        assertThat(Integer.parseInt(last.header("Retry-After"))).isBetween(1, 3_600 / RARE_CALLS);
        assertThat(last.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(http.get("/open/1").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/rar%65", "/rare;x=1", "/./rare"})
    void aCallIsCountedHoweverItsPathIsSpelled(String path) throws IOException {
        IntStream.range(0, RARE_CALLS).forEach(_ -> http.get("/rare"));
        assertThat(http.raw("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 429");
    }

    @Test
    void pagesOfChosenOriginsMayCall() {
        Answer before = http.send(http.request("/pay").header("Origin", FRIEND)
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "authorization,content-type")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody()));
        assertThat(before.status()).isEqualTo(200);
        assertThat(before.header("Access-Control-Allow-Origin")).isEqualTo(FRIEND);
        assertThat(before.header("Access-Control-Allow-Headers")).containsIgnoringCase("authorization");
        assertThat(http.send(http.request("/open/1").header("Origin", FRIEND))
                .header("Access-Control-Allow-Origin")).isEqualTo(FRIEND);
    }

    @Test
    void theContractNamesTheProblemsOfEachOperation() {
        var contract = http.get("/v3/api-docs").json();
        assertThat(contract.get("paths").get("/pay").get("post").get("responses").propertyNames())
                .contains("200", "400", "406", "413", "415", "429", "500");
        assertThat(contract.get("paths").get("/missing/{id}").get("get").get("responses").propertyNames())
                .contains("404").doesNotContain("401");
        assertThat(contract.get("paths").propertyNames()).doesNotContain("/error");
        assertThat(contract.get("components").get("schemas").propertyNames()).contains("Problem");
    }

    @Test
    void aWrongMethodIsToldTheRightOnes() {
        Answer answer = http.send(http.request("/pay").DELETE());
        assertThat(answer.problem()).isEqualTo("method-not-allowed");
        assertThat(answer.header("Allow")).isEqualTo("POST");
    }

    @Test
    void formsOfAnswerAndBodyThatAreNotTakenAreSaid() {
        assertThat(http.send(http.request("/open/1").header("Accept", "image/png")).problem())
                .isEqualTo("not-acceptable");
        Answer answer = http.send(http.request("/pay").header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString("{}")));
        assertThat(answer.problem()).isEqualTo("unsupported-media-type");
        assertThat(answer.header("Accept")).contains("application/json");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "malformed-json | {",
            "malformed-json | ",
            "malformed-json | {\"to\":\"a\",\"to\":\"b\",\"amountCrumbs\":1}",
            "unknown-field  | {\"to\":\"a\",\"amountCrumbs\":1,\"fee\":1}",
            "malformed-json | {\"to\":\"a\",\"amountCrumbs\":1} x",
            "invalid-value  | {\"to\":\"a\",\"amountCrumbs\":1.5}",
            "invalid-value  | {\"to\":\"a\",\"amountCrumbs\":1.0}",
            "invalid-value  | {\"to\":\"a\",\"amountCrumbs\":\"1\"}",
            "invalid-value  | {\"to\":\"a\",\"amountCrumbs\":null}",
            "invalid-value  | {\"to\":\"a\"}",
            "invalid-value  | {\"amountCrumbs\":1}",
            "invalid-value  | {\"to\":null,\"amountCrumbs\":1}",
            "invalid-value  | {\"to\":5,\"amountCrumbs\":1}",
            "invalid-value  | {\"to\":\"a\",\"amountCrumbs\":-1}",
            "invalid-value  | {\"to\":\"a\",\"amountCrumbs\":99999999999999999999999}",
            "invalid-value  | {\"to\":\"a\",\"amountCrumbs\":1,\"feeRate\":\"x\"}",
            "invalid-value  | [1]",
            "malformed-json | null"})
    void aWrongBodyIsRefusedWithItsReason(String problem, String body) {
        Answer answer = http.post("/pay", "", body == null ? "" : body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.problem()).isEqualTo(problem);
        assertThat(answer.json().get("detail").stringValue()).doesNotContain("org.cheesecoin", "java.",
                "tools.jackson");
    }

    @Test
    void namesTheFieldThatIsUnknownOrWrong() {
        assertThat(http.post("/pay", "", "{\"to\":\"a\",\"amountCrumbs\":1,\"fee\":1}").json().get("detail")
                .stringValue())
                .contains("fee is not known", "amountCrumbs", "feeRate");
        assertThat(http.post("/pay", "", "{\"to\":\"a\",\"amountCrumbs\":\"1\"}").json().get("detail").stringValue())
                .contains("amountCrumbs");
        assertThat(http.post("/pay", "", "{\"to\":\"a\",\"amountCrumbs\":0}").json().get("detail").stringValue())
                .contains("from 1 to 300000000000000");
        assertThat(http.post("/names", "", "{\"names\":[\"a\",{}]}").json().get("detail").stringValue())
                .contains("names[1]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/open/x", "/open/99999999999", "/open/1?limit=x"})
    void aWrongParameterIsAnInvalidValue(String path) {
        assertThat(http.get(path).problem()).isEqualTo("invalid-value");
    }

    @Test
    void aBodyBeyondTheLimitIsRefusedHoweverItIsSent() {
        byte[] body = ("{\"to\":\"" + "a".repeat(3_000) + "\",\"amountCrumbs\":1}").getBytes();
        Answer declared = http.post("/pay", "", new String(body));
        assertThat(declared.problem()).isEqualTo("body-too-large");
        assertThat(declared.status()).isEqualTo(413);
        Answer chunked = http.send(http.request("/pay").header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))));
        assertThat(chunked.problem()).isEqualTo("body-too-large");
    }

    @Test
    void aBrokenRuleIsToldWithItsValues() {
        Answer answer = http.get("/refused");
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.problem()).isEqualTo("rule-broken");
        assertThat(answer.json().get("rule").stringValue()).isEqualTo("TRX-UNDERFUNDED");
        assertThat(answer.json().get("anchor").stringValue()).isEqualTo("protocol.md#trx-underfunded");
        assertThat(answer.json().get("values").get("inputCrumbs").stringValue()).isEqualTo("5");
    }

    @Test
    void aMissingThingIsNamed() {
        assertThat(http.get("/missing/77").json().get("detail").stringValue()).contains("cheese 77");
    }

    @Test
    void whoAsksTooOftenIsToldWhenToComeBack() {
        Answer answer = http.get("/busy");
        assertThat(answer.problem()).isEqualTo("too-many-requests");
        assertThat(answer.header("Retry-After")).isEqualTo("7");
    }

    @Test
    void aFaultOfOursTellsNothing() {
        Answer answer = http.get("/broken");
        assertThat(answer.problem()).isEqualTo("internal");
        assertThat(answer.response().body()).doesNotContain("42", "IllegalState", "at org");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "GET /%2f HTTP/1.1 | 400",
            "GET /a//b HTTP/1.1 | 404",
            "GET /a;b=c HTTP/1.1 | 404",
            "GET /%00 HTTP/1.1 | 400",
            "GET /a{b} HTTP/1.1 | 400",
            "nonsense | 400",
            "GET /open/1 HTTP/9.9 | 505",
            "TRACE /open/1 HTTP/1.1 | 405",
            "FOO /open/1 HTTP/1.1 | 405"})
    void whatTheContainerRefusesIsAProblemToo(String requestLine, String status) throws IOException {
        String answer = http.raw(requestLine + "\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        assertThat(answer).contains("application/problem+json", "urn:cheesecoin:problem:").doesNotContain("<html",
                "Tomcat");
        assertThat(answer).startsWith("HTTP/1.1 " + status);
    }

    @Test
    void headersThatAreTooLargeAreAProblemToo() throws IOException {
        String answer = http
                .raw("GET /open/1 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX: " + "a".repeat(20_000)
                        + "\r\n\r\n");
        assertThat(answer).contains("application/problem+json").doesNotContain("<html");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:8081", "localhost.", "any.localhost", "127.0.0.1", "10.1.2.3:80",
            "[::1]:8081", "[fe80::1]", "shop.example", "SHOP.example:443"})
    void isCalledByItsOwnNamesAndByAddresses(String host) throws IOException {
        assertThat(Raw.say(port, "GET /open/1 HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @ValueSource(strings = {"elsewhere.example", "localhost.example", "127.0.0.1.example", "1.2.3", "xlocalhost",
            "shop.example.evil", "2130706433", "0x7f.1"})
    void isNotCalledByANameThatAStrangerCanPointHere(String host) throws IOException {
        for (String path : List.of("/open/1", "/nothing", "/v3/api-docs", "/%2f")) {
            String answer = Raw.say(port, "GET " + path + " HTTP/1.1\r\nHost: " + host
                    + "\r\nConnection: close\r\n\r\n");
            assertThat(answer).contains("application/problem+json").doesNotContain("amountCrumbs", "openapi");
        }
        assertThat(Raw.say(port, "GET /open/1 HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 421").contains("urn:cheesecoin:problem:misdirected-request");
    }

    @Test
    void aCallWithoutANameIsNoBrowsers() throws IOException {
        assertThat(Raw.say(port, "GET /open/1 HTTP/1.0\r\n\r\n")).startsWith("HTTP/1.1 200");
    }

    @Test
    void believesNoForwardedNameUnlessItIsTold() throws IOException {
        assertThat(Raw.say(port, "GET /open/1 HTTP/1.1\r\nHost: elsewhere.example\r\nX-Forwarded-Host: localhost\r\n"
                + "Forwarded: host=localhost\r\nConnection: close\r\n\r\n")).startsWith("HTTP/1.1 421");
    }

    @Test
    void onlyMeantConvertersReadAndWriteBodies(@Autowired RequestMappingHandlerAdapter adapter) {
        assertThat(adapter.getMessageConverters()).extracting(it -> it.getClass().getSimpleName())
                .containsOnly("JacksonJsonHttpMessageConverter", "StringHttpMessageConverter",
                        "ByteArrayHttpMessageConverter", "ResourceHttpMessageConverter");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/yaml", "application/xml", "application/cbor", "application/x-jackson-smile",
            "application/x-www-form-urlencoded", "text/json", "application/vnd.spring-boot+json"})
    void aBodyOfAnotherFormatIsNotRead(String type) {
        Answer answer = http.send(http.request("/names").header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString("{\"names\":[\"a\"]}")));
        assertThat(answer.problem()).isEqualTo("unsupported-media-type");
    }

    @Test
    void pagesOfOtherOriginsMayNotCall() {
        Answer answer = http.send(http.request("/pay").header("Origin", "https://elsewhere.example")
                .header("Access-Control-Request-Method", "POST")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody()));
        assertThat(answer.problem()).isEqualTo("forbidden");
        Answer simple = http.send(http.request("/open/1").header("Origin", "https://elsewhere.example"));
        assertThat(simple.response().headers().map()).doesNotContainKey("access-control-allow-origin");
    }

    @Test
    void theContractCanBeCopiedAsSpringdocDoesWithoutAWarning(CapturedOutput output) {
        OpenAPI contract = new OpenAPI().components(new Components());
        new ProblemsInOpenApi().customise(contract);
        ObjectMapper json = new ObjectMapper().setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL);
        assertThat(SpringDocUtils.cloneViaJson(contract, OpenAPI.class, json)).isNotSameAs(contract);
        assertThat(output).doesNotContain("SpringDocUtils");
    }
}
