package org.cheesecoin.member.settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

import org.cheesecoin.web.start.BadSetting;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one member, for its owner's eyes only (mode 0700), held by a lock for as long as the member runs: two
 * members that write one stack would ruin it.
 */
public final class DataFolder implements AutoCloseable {

    private static final String PROPERTY = "cheesecoin.data";
    private static final String LOCK_FILE = "member.lock";

    private final Path path;
    private final FileChannel lockChannel;

    private DataFolder(Path path, FileChannel lockChannel) {
        this.path = path;
        this.lockChannel = lockChannel;
    }

    /**
     * Makes the folder if needed and takes its lock.
     *
     * @throws BadSetting if it is no folder that one can write, or another member holds it
     * @throws DiskFailure if its disk is full, or fails
     */
    static DataFolder open(Path folder) {
        Path path = folder.toAbsolutePath().normalize();
        try {
            boolean isNew = Files.notExists(path);
            Files.createDirectories(path, ownerOnlyFolder(path));
            if (isNew) {
                OwnerOnlyFile.syncFolder(path.resolveSibling("."));
            }
            FileChannel channel = FileChannel.open(path.resolve(LOCK_FILE), StandardOpenOption.CREATE,
                    StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (lock(channel) == null) {
                String holder = holder(channel);
                channel.close();
                throw BadSetting.of(PROPERTY, path, "a folder of its own: another member" + holder + " holds this one");
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8)));
            return new DataFolder(path, channel);
        } catch (IOException e) {
            Path lock = path.resolve(LOCK_FILE);
            throw DiskFailure.isForTheOwner(lock, e)
                    ? BadSetting.of(PROPERTY, path, "a folder that can be made and written (%s)".formatted(e))
                    : DiskFailure.of(lock, e);
        }
    }

    /** The folder, absolute. */
    public Path path() {
        return path;
    }

    /** A file or folder in it. */
    public Path resolve(String name) {
        return path.resolve(name);
    }

    /** What its disk still takes, in bytes. */
    public long usableBytes() {
        try {
            return Files.getFileStore(path).getUsableSpace();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes the names of new files in it survive a power cut. */
    public void sync() {
        try {
            OwnerOnlyFile.syncFolder(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives the lock back. */
    @Override
    public void close() {
        try {
            lockChannel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException _) {
            // another member in this very process, as in a test
            return null;
        }
    }

    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer pid = ByteBuffer.allocate(20);
        channel.read(pid, 0);
        String text = new String(pid.array(), 0, pid.position(), StandardCharsets.UTF_8);
        return text.matches("[0-9]+") ? " (process " + text + ")" : "";
    }

    private static FileAttribute<?>[] ownerOnlyFolder(Path path) {
        return OwnerOnlyFile.isPosix(path)
                ? new FileAttribute<?>[]{PosixFilePermissions
                        .asFileAttribute(PosixFilePermissions.fromString("rwx------"))}
                : new FileAttribute<?>[0];
    }
}
