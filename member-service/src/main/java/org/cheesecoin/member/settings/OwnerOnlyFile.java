package org.cheesecoin.member.settings;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.function.Supplier;

/** A small secret in a file that only the owner may read (mode 0600): the owner's token, the node key. */
public final class OwnerOnlyFile {

    private static final String MODE = "rw-------";
    private static final int MAX_BYTES = 4_096;

    private OwnerOnlyFile() {}

    /**
     * Reads the file's text; where there is none, writes a new one, whole and flushed or not at all. A file that others
     * could read is closed to them.
     *
     * @param file where it is
     * @param fresh makes the text of a new file
     * @return the text without white space around it
     * @throws BadSetting if it cannot be read or written
     */
    public static String readOrCreate(Path file, Supplier<String> fresh) {
        try {
            if (Files.notExists(file)) {
                create(file, line(fresh.get()));
            }
            if (Files.size(file) > MAX_BYTES) {
                throw BadSetting.of("file " + file, Files.size(file) + " bytes",
                        "at most " + MAX_BYTES + " bytes long");
            }
            if (isPosix(file)) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(MODE));
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw BadSetting.of("file " + file, "not usable", "one that can be read and written (%s)".formatted(e));
        }
    }

    /**
     * Writes the file, whole and flushed or not at all; what stood there is replaced in one step.
     *
     * @throws BadSetting if it cannot be written
     */
    public static void write(Path file, String text) {
        write(file, line(text));
    }

    /** As {@link #write(Path, String)}, these bytes and no more. */
    public static void write(Path file, byte[] content) {
        try {
            create(file, content);
        } catch (IOException e) {
            throw BadSetting.of("file " + file, "not usable", "one that can be written (%s)".formatted(e));
        }
    }

    private static byte[] line(String text) {
        return (text + "\n").getBytes(StandardCharsets.UTF_8);
    }

    static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static void create(Path file, byte[] content) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(draft);
        FileAttribute<?>[] mode = isPosix(file)
                ? new FileAttribute<?>[]{PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(MODE))}
                : new FileAttribute<?>[0];
        try (FileChannel channel = FileChannel.open(
                draft, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), mode)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        syncFolder(file.resolveSibling("."));
    }

    /** Makes the names in a folder survive a power cut: a file that is flushed may still be nowhere. */
    public static void syncFolder(Path folder) throws IOException {
        // Windows has no such call, and needs none.
        if (isPosix(folder)) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
