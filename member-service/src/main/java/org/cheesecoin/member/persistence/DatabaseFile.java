package org.cheesecoin.member.persistence;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** The one file of an H2 database: whether this process can use it, said in a line for its owner where it cannot. */
final class DatabaseFile {

    private static final String PLAIN_URL = "jdbc:h2:file:";
    private static final String SUFFIX = ".mv.db";
    private static final String WAY_OUT = "restore the data folder from a back-up, or move this file away: the member then "
            + "fetches the stack again and keeps wallet, orders and addresses (wallet.key, wallet.journal)";

    /** Of H2: a read that failed, a file that is damaged or too short, and an error of its store that it has no code for. */
    private static final Set<Integer> DAMAGED = Set.of(90_028, 90_030, 90_031, 50_000);

    private DatabaseFile() {}

    /**
     * Looks at the file before H2 does, which opens what it may not write for reading only, without a word.
     *
     * @throws UnusableDatabase if it is there and no file that this user can read and write
     */
    static void requireUsable(Path file) {
        Path folder = Objects.requireNonNullElse(file.toAbsolutePath().getParent(), file);
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw UnusableDatabase.untilMended(file + " is no file: move it away");
        }
        if (Files.exists(file) && !(Files.isReadable(file) && Files.isWritable(file))) {
            throw UnusableDatabase.untilMended(
                    file + " cannot be read and written by this user: give it to the user that the member runs as");
        }
        if (Files.exists(folder) && !Files.isWritable(folder)) {
            throw UnusableDatabase.untilMended(
                    folder + " cannot be written by this user: give it to the user that the member runs as");
        }
    }

    /** Why H2 could not open it: what it says itself is a code, with the reason among the causes. */
    static UnusableDatabase unopened(String place, SQLException reason) {
        String what = Stream.iterate((Throwable) reason, Objects::nonNull, Throwable::getCause)
                .map(it -> Objects.requireNonNullElse(it.getMessage(), it.getClass().getSimpleName()))
                .map(it -> it.lines().findFirst().orElse(""))
                .reduce((_, last) -> last)
                .orElse("");
        String file = place.startsWith(PLAIN_URL) ? place.substring(PLAIN_URL.length()) + SUFFIX : place;
        return UnusableDatabase
                .untilMended("cannot open %s (H2 code %d; %s)%s".formatted(file, reason.getErrorCode(), what,
                        DAMAGED.contains(reason.getErrorCode()) ? ": " + WAY_OUT : ""));
    }
}
