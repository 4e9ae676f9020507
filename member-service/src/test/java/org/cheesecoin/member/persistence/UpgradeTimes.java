package org.cheesecoin.member.persistence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

import org.cheesecoin.membertest.TestDatabase;
import org.springframework.util.FileSystemUtils;

/** Prints how long an upgrade from schema 3 takes with so many cheeses, and what the disk must hold for it. */
final class UpgradeTimes {

    private UpgradeTimes() {}

    public static void main(String[] numbers) throws Exception {
        for (String number : numbers) {
            Path folder = Files.createTempDirectory("upgrade");
            OlderDatabase.make(OlderDatabase.dataSource(TestDatabase.H2, folder), 3, Integer.parseInt(number));
            long before = size(folder.resolve("stack.mv.db"));
            AtomicBoolean isOver = new AtomicBoolean();
            Thread watch = Thread.ofPlatform().start(() -> {
                long most = 0;
                while (!isOver.get()) {
                    most = Math.max(most, size(folder.resolve("stack.upgrade.mv.db")));
                }
                System.out.printf("the copy had at most %d KB of %d%n", most >> 10, before >> 10);
            });
            long began = System.nanoTime();
            MemberDatabase.inFolder(folder).close();
            System.out.printf("%s cheeses: %d ms%n", number, (System.nanoTime() - began) / 1_000_000);
            isOver.set(true);
            watch.join();
            FileSystemUtils.deleteRecursively(folder);
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException _) {
            return 0;
        }
    }
}
