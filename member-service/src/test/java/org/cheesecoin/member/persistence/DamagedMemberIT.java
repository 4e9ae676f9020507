package org.cheesecoin.member.persistence;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.CheeseHeader;
import org.cheesecoin.chain.consensus.CheckedCheese;
import org.cheesecoin.chain.consensus.Network;
import org.cheesecoin.chain.consensus.NetworkParameters;
import org.cheesecoin.chain.node.Change;
import org.cheesecoin.chain.stack.CheeseStack;
import org.cheesecoin.chain.stack.StackLimits;
import org.cheesecoin.chain.testing.CheeseFactory;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.member.MemberApplication;
import org.cheesecoin.webtest.Http;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A member whose database is damaged in the middle ends, with a line that names the file and the way out, and no trace. */
class DamagedMemberIT {

    private static final Network NETWORK = Network.of(NetworkParameters.test());
    private static final int CHEESES = 300;
    private static final int OLD_HEIGHT = 20;
    private static final int STATUS_MEND_FIRST = 78;
    private static final long MAX_SECONDS = 120;

    @TempDir private Path folder;

    private Path data() {
        return folder.resolve("data");
    }

    private Path file() {
        return data().resolve("stack.mv.db");
    }

    @BeforeEach
    void makeAMemberThatWasStoppedCleanly() throws Exception {
        try (MemberDatabase database = MemberDatabase.inFolder(data());
                StackStore store = database.openStore(NETWORK)) {
            CheeseStack stack = new CheeseStack(NETWORK, store, StackLimits.DEFAULT);
            for (int i = 0; i < CHEESES; i++) {
                Cheese cheese = CheeseFactory.empty(NETWORK, store.tip(), TestKeys.key(i).address());
                stack.add(CheckedCheese.trusted(cheese, NETWORK.id()), 1L << 52,
                        step -> store.apply(List.of(new Change.OfStack(step))));
            }
            store.commit();
        }
        try (Member member = new Member()) {
            await().atMost(Duration.ofSeconds(MAX_SECONDS)).ignoreExceptions()
                    .until(() -> member.walletHeight() == CHEESES);
            member.process.destroy();
            assertThat(member.process.waitFor(MAX_SECONDS, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aStartThatMeetsItEndsWithStatus78() throws Exception {
        byte[] wallets;
        try (MemberDatabase database = MemberDatabase.inFolder(data());
                Session session = new Session(database.readers().getConnection())) {
            wallets = session.first("SELECT address FROM wallet_address WHERE branch = 0 AND address_index = 0",
                    row -> row.getBytes(1)).orElseThrow();
        }
        scribbleAround(wallets);
        try (Member member = new Member()) {
            assertThat(member.process.waitFor(MAX_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(member.process.exitValue()).as(member.said()).isEqualTo(STATUS_MEND_FIRST);
            isOneLine(member.said());
        }
    }

    @Test
    void aRunningMemberThatMeetsItEnds() throws Exception {
        CheeseHeader header;
        try (MemberDatabase database = MemberDatabase.inFolder(data());
                StackStore store = database.openStore(NETWORK)) {
            header = store.headerAt(OLD_HEIGHT).orElseThrow().header();
        }
        try (Member member = new Member()) {
            await().atMost(Duration.ofSeconds(MAX_SECONDS)).ignoreExceptions()
                    .until(() -> member.http.get("/actuator/health/readiness").status() == 200);
            scribbleAround(header.toBytes());
            assertThat(member.http.get("/cheeses/" + header.smell() + "/raw").status()).isEqualTo(503);
            assertThat(member.process.waitFor(MAX_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(member.process.exitValue()).as(member.said()).isEqualTo(1);
            assertThat(member.said()).contains("The program ends, to be started again: ");
            isOneLine(member.said());
        }
    }

    private void isOneLine(String said) {
        assertThat(said).contains("cannot read " + file() + " (H2 code ", "which is damaged", "move this file away");
        assertThat(said.lines().filter(it -> it.contains("move this file away"))).as(said).hasSize(1);
        assertThat(said.lines().filter(it -> it.startsWith("\tat ") || it.startsWith("Caused by"))).as(said).isEmpty();
    }

    /** Writes noise over every page that has these bytes, and over the heads of those pages. */
    private void scribbleAround(byte[] bytes) throws IOException {
        byte[] content = Files.readAllBytes(file());
        Random random = new Random(5);
        int found = 0;
        for (int at = 8_192; at <= content.length - bytes.length; at++) {
            if (Arrays.equals(content, at, at + bytes.length, bytes, 0, bytes.length)) {
                byte[] noise = new byte[Math.min(at, 12_288) - 8_192 + bytes.length];
                random.nextBytes(noise);
                System.arraycopy(noise, 0, content, at - noise.length + bytes.length, noise.length);
                found++;
            }
        }
        assertThat(found).isPositive();
        Files.write(file(), content, StandardOpenOption.WRITE);
    }

    /** One process. */
    private final class Member implements AutoCloseable {

        private final Path log = folder.resolve("log-" + System.nanoTime());
        private final Process process;
        private final Http http;

        private Member() throws IOException {
            int port = freePort();
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m", "-Xshare:auto",
                    "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED",
                    "-cp", System.getProperty("java.class.path"), MemberApplication.class.getName(),
                    "--cheesecoin.data=" + data(), "--cheesecoin.network=test", "--server.port=" + port,
                    "--cheesecoin.mining.enabled=false"));
            process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
            http = new Http(port);
        }

        private int walletHeight() throws IOException {
            String token = Files.readString(data().resolve("owner.token")).strip();
            return http.send(http.request("/wallet").header("Authorization", "Bearer " + token).GET()).json()
                    .get("height").intValue();
        }

        private String said() throws IOException {
            return Files.readString(log);
        }

        @Override
        public void close() throws Exception {
            http.close();
            process.destroyForcibly().waitFor();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
