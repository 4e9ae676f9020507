package org.cheesecoin.member.persistence;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.cheesecoin.chain.consensus.Network;
import org.cheesecoin.chain.consensus.StackedHeader;
import org.cheesecoin.membertest.TestDatabase;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Kills a process that commits, again and again, at any instant. */
class KilledMemberIT {

    private static final int MAX_ACKNOWLEDGED = 60;

    /** Fewer where the server, which nobody kills, has the last word. */
    @ParameterizedTest
    @CsvSource({"H2,12", "POSTGRESQL,4"})
    void losesNothingThatItAcknowledged(TestDatabase kind, int kills, @TempDir Path folder) throws Exception {
        Network network = History.network();
        kind.open(folder).close();
        List<String> place = place(kind, folder);
        Random random = new Random(11);
        int before = 0;
        for (int kill = 0; kill < kills; kill++) {
            int acknowledged = runAndKill(place, 1 + random.nextInt(MAX_ACKNOWLEDGED), random.nextInt(3_000_000));
            try (MemberDatabase database = kind.open(folder);
                    StackStore store = database.openStore(network)) {
                int height = store.tip().height();
                assertThat(database.wentBack()).as("a kill is not taken for an older copy").isEmpty();
                assertThat(acknowledged).isGreaterThan(before);
                assertThat(height).isGreaterThanOrEqualTo(acknowledged);
                isWhole(store, height);
                assertThat(store.loadMemory(0).pending())
                        .containsExactly(KilledWriter.payment(network, height));
                before = height;
            }
        }
    }

    private static void isWhole(StackStore store, int height) {
        StackedHeader below = store.headerAt(0).orElseThrow();
        for (StackedHeader header : store.headersFrom(1, height)) {
            assertThat(header.header().parentSmell()).isEqualTo(below.smell());
            var coinbase = store.cheese(header.smell()).orElseThrow().transactions().getFirst();
            assertThat(store.coin(coinbase.outPoint(0))).isPresent();
            below = header;
        }
        assertThat(below.height()).isEqualTo(height);
        assertThat(store.headerAt(height + 1)).isEmpty();
    }

    /** How the writer is told of the database. */
    private static List<String> place(TestDatabase kind, Path folder) {
        List<String> settings = kind.settings(folder).stream().map(it -> it.replaceFirst("[^=]*=", "")).toList();
        return settings.isEmpty() ? List.of(folder.toString()) : settings;
    }

    /** The last height that it printed. */
    private static int runAndKill(List<String> place, int lines, int moreNanos)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m", "-Xshare:auto",
                        "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED",
                        "-cp", System.getProperty("java.class.path"), KilledWriter.class.getName()));
        command.addAll(place);
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        int last = 0;
        try (BufferedReader output = process.inputReader()) {
            String line = output.readLine();
            for (int i = 0; line != null; i++) {
                last = line.matches("[0-9]+") ? Integer.parseInt(line) : last;
                if (i == lines) {
                    long end = System.nanoTime() + moreNanos;
                    while (System.nanoTime() < end) {
                        Thread.onSpinWait();
                    }
                    // through its handle, which leaves what it printed to be read
                    assertThat(process.toHandle().destroyForcibly()).isTrue();
                }
                line = output.readLine();
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        return last;
    }
}
