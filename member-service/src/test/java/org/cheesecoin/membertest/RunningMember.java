package org.cheesecoin.membertest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.cheesecoin.chain.cheese.Address;
import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.mempool.CheeseTemplate;
import org.cheesecoin.chain.node.Input;
import org.cheesecoin.chain.testing.CheeseFactory;
import org.cheesecoin.member.MemberApplication;
import org.cheesecoin.member.node.Mailbox;
import org.cheesecoin.webtest.Http;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

import static org.awaitility.Awaitility.await;

/** A whole member on the test network, in a folder, on a free port. Closing it stops it as its owner would. */
public final class RunningMember implements AutoCloseable {

    private final ServletWebServerApplicationContext context;
    private final Http http;
    private final String token;

    private RunningMember(ServletWebServerApplicationContext context, Path folder) {
        this.context = context;
        this.http = new Http(context.getWebServer().getPort());
        try {
            this.token = Files.readString(folder.resolve("owner.token")).strip();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Starts a member on what is in the folder. */
    public static RunningMember in(Path folder, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--cheesecoin.data=" + folder);
        all.add("--cheesecoin.network=test");
        all.add("--cheesecoin.mining.enabled=false");
        all.add("--server.port=0");
        SpringApplication application = new SpringApplication(MemberApplication.class);
        return new RunningMember(
                (ServletWebServerApplicationContext) application.run(all.toArray(String[]::new)), folder);
    }

    public Http http() {
        return http;
    }

    /** Where it serves. */
    public int port() {
        return context.getWebServer().getPort();
    }

    public String token() {
        return token;
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public <T> T bean(String name, Class<T> type) {
        return context.getBean(name, type);
    }

    /** GETs as the owner. */
    public Http.Answer get(String path) {
        return http.send(http.request(path).header("Authorization", "Bearer " + token).GET());
    }

    /** POSTs JSON as the owner. */
    public Http.Answer post(String path, String body) {
        return http.post(path, token, body);
    }

    /** Mines cheeses with all that waits, paid to this address, and waits until they are the stack's. */
    public void mine(int count, Address payTo) {
        Mailbox mailbox = bean(Mailbox.class);
        for (int i = 0; i < count; i++) {
            CheeseTemplate template = mailbox.call(access -> access.node().template()).join();
            Cheese cheese = template.cheese(payTo, "test".getBytes(StandardCharsets.UTF_8), System.currentTimeMillis());
            Cheese mined = new Cheese(CheeseFactory.mine(cheese.header()), cheese.transactions());
            mailbox.handle(new Input.CheeseMined(mined));
            await().atMost(Duration.ofSeconds(20))
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> height() >= mined.height());
        }
    }

    /** The height of the tip. */
    public int height() {
        return bean(Mailbox.class).call(access -> access.node().stack().tip().height()).join();
    }

    @Override
    public void close() {
        http.close();
        context.close();
    }
}
