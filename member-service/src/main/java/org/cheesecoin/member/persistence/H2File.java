package org.cheesecoin.member.persistence;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;

import org.cheesecoin.member.settings.OwnerOnlyFile;
import org.h2.engine.ConnectionInfo;
import org.h2.store.fs.FileUtils;

/**
 * The file of an H2 database.
 *
 * @param login the database
 * @param name the file with its folder, without the ending that H2 gives it
 */
record H2File(Login login, String name) {

    private static final String PREFIX = "jdbc:h2:";
    /** What H2 adds to the name. */
    static final String ENDING = ".mv.db";
    /** Of one that was put aside, with a number. */
    private static final String ASIDE = ".aside-";
    private static final String TRACE_ENDING = ".trace.db";
    private static final long SLICE_BYTES = 16L << 20;

    /**
     * The file of this database; none where it is in memory or another process's.
     *
     * @throws UnusableDatabase if links lead to a path with a semicolon, at which H2 ends the path of a file beside it
     */
    static Optional<H2File> of(Login login) {
        if (login.kind() != DatabaseKind.H2) {
            return Optional.empty();
        }
        ConnectionInfo info = new ConnectionInfo(login.url(), new Properties(), login.user(), login.password());
        if (!info.isPersistent() || info.isRemote()) {
            return Optional.empty();
        }
        if (info.getName().contains(";")) {
            throw UnusableDatabase
                    .untilMended("%s leads to %s, and H2 takes what follows a semicolon for settings: choose "
                            .formatted(login.place(), info.getName()) + "a folder without one in its path");
        }
        return Optional.of(new H2File(login, info.getName()));
    }

    /** Where it is. */
    Path path() {
        return Path.of(FileUtils.unwrap(name + ENDING));
    }

    /** Another database, in a file beside this one. */
    H2File beside(String word) {
        int settings = login.url().indexOf(';');
        String other = name + "." + word;
        return new H2File(
                login.at(PREFIX + other + (settings < 0 ? "" : login.url().substring(settings))), other);
    }

    /** Its size, 0 if there is none. */
    long bytes() throws IOException {
        return Files.exists(path()) ? Files.size(path()) : 0;
    }

    /**
     * Removes it.
     *
     * @throws UnusableDatabase if another process has it open
     */
    void remove() throws IOException {
        try (FileChannel channel = FileChannel.open(path(), StandardOpenOption.WRITE)) {
            if (lock(channel).isEmpty()) {
                throw UnusableDatabase.forNow("another program has this database open: " + login.place());
            }
            Files.delete(path());
        } catch (NoSuchFileException _) {
            // as it should be
        }
        Files.deleteIfExists(Path.of(FileUtils.unwrap(name + TRACE_ENDING)));
    }

    private static Optional<FileLock> lock(FileChannel channel) throws IOException {
        try {
            return Optional.ofNullable(channel.tryLock());
        } catch (OverlappingFileLockException _) {
            return Optional.empty();
        }
    }

    /** Copies this one, which nobody has open, to the other. */
    void copyTo(H2File other, AtomicLong copiedBytes) throws IOException {
        try (FileChannel from = FileChannel.open(path(), StandardOpenOption.READ);
                FileChannel to = FileChannel.open(other.path(), StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.WRITE)) {
            long size = from.size();
            for (long done = 0; done < size; copiedBytes.set(done)) {
                done += from.transferTo(done, Math.min(SLICE_BYTES, size - done), to);
            }
        }
    }

    /**
     * Gives it another name, which nothing has yet.
     *
     * @return where it is now
     */
    Path putAside() throws IOException {
        int number = 1;
        Path aside = aside(number);
        while (Files.exists(aside, LinkOption.NOFOLLOW_LINKS)) {
            number++;
            aside = aside(number);
        }
        Files.move(path(), aside);
        return aside;
    }

    private Path aside(int number) {
        return path().resolveSibling(path().getFileName() + ASIDE + number);
    }

    /** Puts this one, which nobody has open, in the place of the other: in one step, and flushed. */
    void replace(H2File other) throws IOException {
        try (FileChannel channel = FileChannel.open(path(), StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(path(), other.path(), StandardCopyOption.ATOMIC_MOVE);
        OwnerOnlyFile.syncFolder(other.path().resolveSibling("."));
    }
}
