package org.cheesecoin.member.persistence;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.cheesecoin.member.settings.DiskFailure;
import org.cheesecoin.member.settings.OwnerOnlyFile;

/**
 * The mark on the disk: two copies, written by turns, so that one of them is whole whenever a write is cut short. The file
 * never changes its length, so that a write flushes the copy and nothing else. For one thread.
 */
final class MarkFile implements AutoCloseable {

    /** Its name in the data folder. */
    static final String NAME = "stack.mark";

    /** From one copy to the other, in bytes: no block of a disk or a file system has both. */
    private static final int COPY_STEP_BYTES = 4_096;
    /** Each write returns when the disk has it, in one call, which no interrupt cuts short. */
    private static final String SYNCED = "rwd";

    private final Path path;
    private Optional<RandomAccessFile> open = Optional.empty();
    private long writes;

    MarkFile(Path folder) {
        this.path = folder.resolve(NAME);
    }

    Path path() {
        return path;
    }

    /**
     * The newest whole copy; nothing where there is no file.
     *
     * @throws UnusableDatabase if the file cannot be used, or holds anything else
     * @throws DiskFailure if the disk fails
     */
    Optional<StackMark> read() {
        if (Files.notExists(path, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        if (!Files.isRegularFile(path) || !Files.isReadable(path) || !Files.isWritable(path)) {
            throw UnusableDatabase.untilMended(
                    path + " must be a file that this user can read and write: give it to the user that the member runs as");
        }
        try {
            byte[] bytes = Files.size(path) > 2 * COPY_STEP_BYTES ? new byte[0] : Files.readAllBytes(path);
            StackMark.Numbered newest = StackMark.newest(List.of(copy(bytes, 0), copy(bytes, COPY_STEP_BYTES)))
                    .orElseThrow(() -> UnusableDatabase.untilMended(path
                            + " is damaged, so nobody can tell whether the "
                            + "database went back: restore the data folder from a back-up, or, if the database is the "
                            + "newest that you have, delete this file and start again"));
            writes = newest.number();
            return Optional.of(newest.mark());
        } catch (IOException e) {
            throw DiskFailure.of(path, e);
        }
    }

    private static byte[] copy(byte[] file, int from) {
        return file.length < from + StackMark.BYTES ? new byte[0]
                : Arrays.copyOfRange(file, from, from + StackMark.BYTES);
    }

    /**
     * Writes the older copy anew; durable when this returns. Makes the file where there is none.
     *
     * @throws DiskFailure if the disk is full, or fails
     */
    void write(StackMark mark) {
        writes++;
        try {
            RandomAccessFile file = opened(mark);
            file.seek(writes % 2 * COPY_STEP_BYTES);
            file.write(mark.encode(writes));
        } catch (IOException e) {
            throw DiskFailure.of(path, e);
        }
    }

    private RandomAccessFile opened(StackMark mark) throws IOException {
        if (open.isEmpty()) {
            if (Files.notExists(path, LinkOption.NOFOLLOW_LINKS)) {
                byte[] whole = Arrays.copyOf(mark.encode(0), 2 * COPY_STEP_BYTES);
                OwnerOnlyFile.write(path, whole);
            }
            open = Optional.of(new RandomAccessFile(path.toFile(), SYNCED));
        }
        return open.get();
    }

    @Override
    public void close() {
        try {
            if (open.isPresent()) {
                open.get().close();
            }
        } catch (IOException e) {
            throw new StoreFailure("cannot close " + path, e);
        } finally {
            open = Optional.empty();
        }
    }
}
