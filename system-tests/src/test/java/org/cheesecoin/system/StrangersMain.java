package org.cheesecoin.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

import org.cheesecoin.system.strangers.Attack;
import org.cheesecoin.system.strangers.Attacks;
import org.cheesecoin.system.strangers.Source;

/**
 * Makes the attacks one after another and prints a table of what came of each; a network that was hurt is replaced by a
 * fresh one. Started in any checkout with its jars built, of another age too, it takes that one's launcher:
 * {@code java -cp … org.cheesecoin.system.StrangersMain seconds members table.md [part of a name …]}
 */
final class StrangersMain {

    private StrangersMain() {}

    public static void main(String[] words) throws IOException {
        int seconds = Integer.parseInt(words[0]);
        int members = Integer.parseInt(words[1]);
        Path table = Path.of(words[2]);
        List<String> parts = List.of(words).subList(3, words.length);
        write(table, Judge.Verdict.heads());
        try (Arena arena = new Arena(members)) {
            for (Attack attack : Attacks.all()) {
                if (parts.isEmpty() || parts.stream().anyMatch(attack.name()::contains)) {
                    AttackedNetwork network = arena.network();
                    Judge.Verdict verdict = arena.attack(attack, Source.other(1), seconds);
                    write(table, verdict.row());
                    if (!verdict.faults().isEmpty()) {
                        keepLogs(network, table, attack);
                    }
                }
            }
        }
    }

    private static void write(Path table, String line) throws IOException {
        System.out.println(line);
        Files.writeString(table, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static void keepLogs(AttackedNetwork network, Path table, Attack attack) throws IOException {
        Path folder = Files.createDirectories(table.resolveSibling(table.getFileName() + ".logs")
                .resolve(attack.name().replaceAll("[^a-zA-Z0-9]+", "-")));
        for (String name : network.names()) {
            Path log = network.launcher().home().resolve("logs").resolve(name + ".log");
            byte[] bytes = Files.readAllBytes(log);
            int kept = Math.min(bytes.length, 200_000);
            Files.write(folder.resolve(name + ".log"), java.util.Arrays.copyOfRange(bytes, bytes.length - kept,
                    bytes.length));
        }
    }
}
