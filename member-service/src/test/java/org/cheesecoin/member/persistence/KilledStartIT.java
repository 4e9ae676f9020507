package org.cheesecoin.member.persistence;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import org.cheesecoin.membertest.TestDatabase;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Kills first starts (version 0) and upgrades from each older schema, at any instant: the next start works, and what was
 * stored is there. {@code -Dcheesecoin.test.kills=40} kills more of each.
 */
class KilledStartIT {

    private static final int KILLS = Integer.getInteger("cheesecoin.test.kills", 3);
    private static final String FILE = "stack.mv.db";
    private static final int CHEESES = 3_000;
    private static final long MAX_START_SECONDS = 60;

    @TempDir private Path folder;
    private int starts;

    @ParameterizedTest
    @CsvSource({"H2,0", "H2,1", "H2,2", "H2,3", "H2,4", "POSTGRESQL,0", "POSTGRESQL,3", "POSTGRESQL,4"})
    void theNextStartWorksWheneverOneWasKilled(TestDatabase kind, int version) throws Exception {
        Random random = new Random(31 + version);
        long startNanos = startNanos(kind, version, folder.resolve("undisturbed"));
        for (int kill = 0; kill < KILLS; kill++) {
            Path place = older(kind, version, folder.resolve("kill-" + kill));
            // now and then the second start is killed as well
            for (int times = random.nextInt(4) == 0 ? 2 : 1; times > 0; times--) {
                startAndKill(place(kind, place), random.nextLong(startNanos));
            }
            try (MemberDatabase database = kind.open(place)) {
                OlderDatabase.isWhole(database.readers(), version, CHEESES);
            }
            assertThat(files(place)).as("what is left beside the database")
                    .noneMatch(it -> it.contains(".new.") || it.contains(".upgrade."));
        }
    }

    /** A database of this version; of H2 the first is made, and the others are copies. */
    private Path older(TestDatabase kind, int version, Path place) throws IOException {
        Files.createDirectories(place);
        Path made = folder.resolve(FILE);
        if (Files.exists(made)) {
            Files.copy(made, place.resolve(FILE));
            return place;
        }
        OlderDatabase.make(OlderDatabase.dataSource(kind, place), version, CHEESES);
        if (Files.exists(place.resolve(FILE))) {
            Files.copy(place.resolve(FILE), made);
        }
        return place;
    }

    /** How long one takes that nobody kills, once it is warm. */
    private long startNanos(TestDatabase kind, int version, Path undisturbed) throws Exception {
        Process process = start(place(kind, older(kind, version, undisturbed)));
        try (BufferedReader output = process.inputReader()) {
            awaitLine(output, "begins");
            long began = System.nanoTime();
            awaitLine(output, "started");
            return System.nanoTime() - began;
        } finally {
            assertThat(process.waitFor(MAX_START_SECONDS, TimeUnit.SECONDS)).isTrue();
        }
    }

    private void startAndKill(List<String> place, long nanos) throws Exception {
        Process process = start(place);
        try (BufferedReader output = process.inputReader()) {
            awaitLine(output, "begins");
            long end = System.nanoTime() + nanos;
            while (System.nanoTime() < end) {
                Thread.onSpinWait();
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    /** What it logs comes between. */
    private static void awaitLine(BufferedReader output, String expected) throws IOException {
        String line = output.readLine();
        while (line != null && !line.equals(expected)) {
            line = output.readLine();
        }
        assertThat(line).isEqualTo(expected);
    }

    private Process start(List<String> place) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m", "-Xshare:auto",
                        "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED",
                        "-cp", System.getProperty("java.class.path"), KilledStart.class.getName()));
        command.add(folder.resolve("warm-" + starts++).toString());
        command.addAll(place);
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    }

    /** How it is told of the database. */
    private static List<String> place(TestDatabase kind, Path folder) {
        List<String> settings = kind.settings(folder).stream().map(it -> it.replaceFirst("[^=]*=", "")).toList();
        return settings.isEmpty() ? List.of(folder.toString()) : settings;
    }

    private static List<String> files(Path folder) {
        return Arrays.asList(folder.toFile().list());
    }
}
