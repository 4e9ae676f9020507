package org.cheesecoin.member.web;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.cheesecoin.membertest.TestMember;
import org.cheesecoin.web.ProgramVersion;
import org.junit.jupiter.api.Test;

import com.sun.net.httpserver.HttpServer;

import static org.assertj.core.api.Assertions.assertThat;

/** Wherever a member names a version, it is that of its build. */
class VersionHttpTest {

    private static final long PATIENCE_SECONDS = 20;

    private record Heard(String userAgent, String body) {}

    @Test
    void isOneInEveryAnswerAndAtTheTrackers() throws IOException, InterruptedException {
        BlockingQueue<Heard> calls = new LinkedBlockingQueue<>();
        HttpServer tracker = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        tracker.createContext("/", call -> {
            calls.add(new Heard(String.valueOf(call.getRequestHeaders().getFirst("User-Agent")),
                    new String(call.getRequestBody().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)));
            call.sendResponseHeaders(503, -1);
            call.close();
        });
        tracker.start();
        try (TestMember member = TestMember
                .start("cheesecoin.trackers=http://127.0.0.1:" + tracker.getAddress().getPort())) {
            assertThat(member.get("/node").json().get("version").stringValue()).isEqualTo(ProgramVersion.text());
            Heard call = calls.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(call).isNotNull();
            assertThat(call.userAgent()).isEqualTo(ProgramVersion.userAgent());
            assertThat(call.body()).contains("\"version\":\"" + ProgramVersion.text() + "\"");
        } finally {
            tracker.stop(0);
        }
    }
}
