package org.cheesecoin.member.persistence;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.cheesecoin.web.start.EndStatus;
import org.h2.jdbc.JdbcException;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;

/** The one file of an H2 database: whether this process can use it, said in a line for its owner where it cannot. */
final class DatabaseFile {

    private static final String PLAIN_URL = "jdbc:h2:file:";
    private static final String SUFFIX = ".mv.db";
    private static final String MOVED_AWAY = "move this file away: the member then fetches the stack again and keeps wallet, "
            + "orders and addresses (wallet.key, wallet.journal)";

    /** Of H2: a page or a record that is none. */
    private static final int FILE_CORRUPTED = 90_030;
    /** Of H2: written by another version of it. */
    private static final int FILE_VERSION_ERROR = 90_048;
    /** Of H2: an error that it has no code for, as it meets them in what a damaged file has in place of tables. */
    private static final int GENERAL_ERROR = 50_000;
    /** Of H2's store: what it finds is not what it wrote. */
    private static final Set<Integer> NOT_AS_WRITTEN = Set.of(DataUtils.ERROR_FILE_CORRUPT,
            DataUtils.ERROR_CHUNK_NOT_FOUND, DataUtils.ERROR_BLOCK_NOT_FOUND, DataUtils.ERROR_SERIALIZATION,
            DataUtils.ERROR_UNKNOWN_DATA_TYPE, DataUtils.ERROR_TRANSACTION_CORRUPT);

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

    /** Why H2 could not open it. */
    static UnusableDatabase unopened(String place, SQLException reason) {
        List<Throwable> chain = chain(reason);
        return trouble(place, reason)
                .or(() -> reason.getErrorCode() == GENERAL_ERROR
                        ? Optional.of(damaged(place, chain))
                        : Optional.empty())
                .orElseGet(() -> UnusableDatabase.untilMended("cannot open " + said(place, chain), reason));
    }

    /**
     * What is wrong with the file, where that is why something failed, be it at its opening or in whatever query meets it
     * first; nothing where H2 does not say so.
     *
     * @param place the database as its owner knows it
     */
    static Optional<UnusableDatabase> trouble(String place, Throwable failure) {
        List<Throwable> chain = chain(failure);
        Optional<UnusableDatabase> known = chain.stream()
                .flatMap(it -> it instanceof UnusableDatabase e ? Stream.of(e) : Stream.empty())
                .filter(it -> it.endStatus() == EndStatus.MEND_FIRST)
                .findFirst();
        if (known.isPresent()) {
            return known;
        }
        if (chain.stream().noneMatch(it -> it instanceof JdbcException || it instanceof MVStoreException)) {
            return Optional.empty();
        }
        if (hasCode(chain, FILE_VERSION_ERROR)) {
            return Optional.of(UnusableDatabase.untilMended(
                    ("cannot open %s: another version of H2 wrote it. Start the "
                            + "version of this program that did, or %s").formatted(said(place, chain), MOVED_AWAY),
                    failure));
        }
        if (chain.stream().anyMatch(it -> it instanceof IOException && !(it instanceof EOFException))) {
            return Optional
                    .of(UnusableDatabase.forNow(("cannot read or write %s: make room on its disk, or mend the disk, "
                            + "and leave the file where it is, since nothing says that it is damaged")
                            .formatted(said(place, chain)), failure));
        }
        return hasCode(chain, FILE_CORRUPTED) || chain.stream().anyMatch(DatabaseFile::isNotAsWritten)
                ? Optional.of(damaged(place, chain))
                : Optional.empty();
    }

    /** What H2 read from it makes no sense. */
    static UnusableDatabase damaged(String place, Throwable reason) {
        return damaged(place, chain(reason));
    }

    private static UnusableDatabase damaged(String place, List<Throwable> chain) {
        return UnusableDatabase
                .untilMended("cannot read %s, which is damaged: restore the data folder from a back-up, or %s"
                        .formatted(said(place, chain), MOVED_AWAY), chain.getFirst());
    }

    private static boolean hasCode(List<Throwable> chain, int code) {
        return chain.stream().anyMatch(it -> it instanceof SQLException e && e.getErrorCode() == code);
    }

    /** A file that ends too early is one that was cut. */
    private static boolean isNotAsWritten(Throwable link) {
        return link instanceof EOFException
                || link instanceof MVStoreException e && NOT_AS_WRITTEN.contains(e.getErrorCode());
    }

    /** The file, with H2's code and the reason, which stands last: what H2 says itself is often no more than the code. */
    private static String said(String place, List<Throwable> chain) {
        String code = chain.stream()
                .flatMap(it -> it instanceof SQLException e && e.getErrorCode() != 0 ? Stream.of(e) : Stream.empty())
                .map(it -> "H2 code %d; ".formatted(it.getErrorCode()))
                .findFirst()
                .orElse("");
        Throwable root = chain.getLast();
        String what = Objects.requireNonNullElse(root.getMessage(), root.getClass().getSimpleName())
                .lines().findFirst().orElse("");
        String file = place.startsWith(PLAIN_URL) ? place.substring(PLAIN_URL.length()) + SUFFIX : place;
        return "%s (%s%s)".formatted(file, code, what);
    }

    /** What was thrown with its causes, and of a batch what came of its first statement that failed. */
    private static List<Throwable> chain(Throwable failure) {
        List<Throwable> chain = new ArrayList<>();
        Optional<Throwable> link = Optional.of(failure);
        while (link.isPresent()) {
            Throwable present = link.get();
            chain.add(present);
            link = Optional.ofNullable(present.getCause())
                    .or(() -> present instanceof SQLException e ? Optional.ofNullable(e.getNextException())
                            : Optional.empty());
        }
        return chain;
    }
}
