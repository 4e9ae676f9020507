package org.cheesecoin.membertest;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.Transaction;
import org.cheesecoin.chain.consensus.Network;
import org.cheesecoin.chain.consensus.NetworkParameters;
import org.cheesecoin.chain.testing.Payments;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.chain.testing.TestKeys.TestKey;
import org.cheesecoin.member.MemberApplication;
import org.cheesecoin.member.settings.DataFolder;
import org.cheesecoin.webtest.Contract;
import org.cheesecoin.webtest.Http;
import org.cheesecoin.webtest.Http.Answer;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** A whole member on a port of its own, on the network for tests, that mines for the first test key. */
public final class TestMember implements AutoCloseable {

    /** Whose the coinbases are. */
    public static final TestKey MINER = TestKeys.key(1);
    /** The network. */
    public static final Network NETWORK = Network.of(NetworkParameters.test());
    /** What its fees are in these tests, in crumbs. */
    public static final long FEE_CRUMBS = 10_000;

    private final ConfigurableApplicationContext context;
    private final Http http;
    private final String token;

    private final Contract contract;

    private TestMember(ConfigurableApplicationContext context) throws IOException {
        this.context = context;
        this.http = new Http(context.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
        this.token = Files.readString(context.getBean(DataFolder.class).resolve("owner.token")).strip();
        this.contract = new Contract(http.get("/v3/api-docs").response().body());
    }

    /** Starts one with these settings, as {@code name=value}, beside those of all tests. */
    public static TestMember start(String... settings) throws IOException {
        return start(new SpringApplication(MemberApplication.class), settings);
    }

    /** Starts one whose machine's clock the test sets. */
    public static TestMember startWith(SettableClock clock, String... settings) throws IOException {
        SpringApplication application = new SpringApplication(MemberApplication.class);
        application.addInitializers(it -> ((GenericApplicationContext) it).registerBean("settableClock",
                SettableClock.class, () -> clock, definition -> definition.setPrimary(true)));
        return start(application, settings);
    }

    private static TestMember start(SpringApplication application, String... settings) throws IOException {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("cheesecoin.network", "test");
        all.put("cheesecoin.mining.pay-to", MINER.address().toString());
        for (String setting : settings) {
            String[] parts = setting.split("=", 2);
            all.put(parts[0], parts[1]);
        }
        String[] arguments = all.entrySet().stream().map(it -> "--" + it).toArray(String[]::new);
        return new TestMember(application.run(arguments));
    }

    /** Its HTTP port. */
    public Http http() {
        return http;
    }

    /** The document that it publishes. */
    public Contract contract() {
        return contract;
    }

    /** The owner's token. */
    public String token() {
        return token;
    }

    /** The context that it runs in. */
    public ConfigurableApplicationContext context() {
        return context;
    }

    /** Calls as anybody may. */
    public Answer get(String path) {
        return checked("GET", path, http.get(path));
    }

    /** GETs as the owner. */
    public Answer owned(String path) {
        return checked("GET", path, http.send(http.request(path).header("Authorization", "Bearer " + token).GET()));
    }

    /** Calls as the owner, with these headers, each a name and its value. */
    public Answer call(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = http.request(path)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        return checked(method, path, http.send(headers.length == 0 ? request : request.headers(headers)));
    }

    /** Every answer that a test gets here is held to the published document. */
    public Answer checked(String method, String path, Answer answer) {
        contract.check(method, path, answer.status(), answer.header("Content-Type"), answer.response().body());
        return answer;
    }

    /** Mines so many cheeses and answers their smells. */
    public List<String> mine(int count) {
        Answer answer = call("POST", "/mining/cheeses", "{\"count\":" + count + "}");
        if (answer.status() != 201) {
            throw new AssertionError(answer.response().body());
        }
        return answer.json().get("cheeses").values().stream().map(it -> it.get("smell").stringValue()).toList();
    }

    /** The cheese with this smell. */
    public Cheese cheese(String smell) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            byte[] raw = client.send(
                    http.request("/cheeses/" + smell + "/raw").GET().build(),
                    HttpResponse.BodyHandlers.ofByteArray()).body();
            return Cheese.decode(raw).orElseThrow();
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Submits a transaction as anybody may. */
    public Answer submit(Transaction transaction) {
        return submit(HexFormat.of().formatHex(transaction.toBytes()));
    }

    /** Submits this text as anybody may. */
    public Answer submit(String hex) {
        return checked("POST", "/transactions", http.send(http.request("/transactions")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"hex\":\"" + hex + "\"}"))));
    }

    /** A payment of the whole coinbase of this cheese, less the fee. */
    public Payment payAll(Cheese cheese, TestKey to) {
        Transaction coinbase = cheese.transactions().getFirst();
        long crumbs = coinbase.outputs().getFirst().amount().crumbs() - FEE_CRUMBS;
        return Payments.pay(NETWORK, Payments.from(coinbase, 0, MINER), Payments.to(to, crumbs));
    }

    @Override
    public void close() {
        http.close();
        context.close();
    }

}
