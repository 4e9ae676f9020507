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
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import org.cheesecoin.web.start.BadSetting;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A small secret in a file that only the owner may read (mode 0600): the owner's token, the node key. */
public final class OwnerOnlyFile {

    private static final Logger LOG = LoggerFactory.getLogger(OwnerOnlyFile.class);
    private static final String MODE = "rw-------";
    private static final int MAX_BYTES = 4_096;
    /** Said once of each: it does not change while a member runs. */
    private static final Set<Path> UNFLUSHED_FOLDERS = ConcurrentHashMap.newKeySet();

    private OwnerOnlyFile() {}

    /**
     * Reads the file's text; where there is none, writes a new one, whole and flushed or not at all. A file that others
     * could read is closed to them; where that cannot be done, since it is another user's or a share's, a warning says so.
     *
     * @param file where it is
     * @param fresh makes the text of a new file
     * @return the text without white space and a byte order mark around it
     * @throws BadSetting if this user may not read and write it, or it is not UTF-8
     * @throws DiskFailure if the disk is full, or fails
     */
    public static String readOrCreate(Path file, Supplier<String> fresh) {
        return readTextOrCreate(file, fresh).text();
    }

    /** As {@link #readOrCreate}, with every character of the file. */
    public static OwnerText readTextOrCreate(Path file, Supplier<String> fresh) {
        try {
            if (Files.notExists(file)) {
                create(file, line(fresh.get()));
            }
            if (Files.size(file) > MAX_BYTES) {
                throw BadSetting.of("file " + file, Files.size(file) + " bytes",
                        "at most " + MAX_BYTES + " bytes long");
            }
            if (isPosix(file)) {
                closeToOthers(file);
            }
            return OwnerText.decode("file " + file, "unreadable", Files.readAllBytes(file));
        } catch (IOException e) {
            throw DiskFailure.of(file, e);
        }
    }

    /**
     * Writes the file, whole and flushed or not at all; what stood there is replaced in one step.
     *
     * @throws BadSetting if this user may not write it
     * @throws DiskFailure if the disk is full, or fails
     */
    public static void write(Path file, String text) {
        write(file, line(text));
    }

    /** As {@link #write(Path, String)}, these bytes and no more. */
    public static void write(Path file, byte[] content) {
        try {
            create(file, content);
        } catch (IOException e) {
            throw DiskFailure.of(file, e);
        }
    }

    private static byte[] line(String text) {
        return (text + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static void closeToOthers(Path file) throws IOException {
        String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        if (mode.equals(MODE)) {
            return;
        }
        try {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(MODE));
        } catch (IOException e) {
            LOG.warn(
                    "{} has the mode {} and cannot be closed to others ({}): whoever may read it has its secret. chmod 600"
                            + " as its owner",
                    file, mode, e.getMessage());
        }
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

    /**
     * Makes the names in a folder survive a power cut: a file that is flushed may still be nowhere. Some shares know no such
     * thing; there it is left out, with a warning. A disk that fails says so where the file itself is flushed.
     */
    public static void syncFolder(Path folder) throws IOException {
        // Windows has no such call, and needs none.
        if (isPosix(folder)) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                flush(folder, channel);
            }
        }
    }

    private static void flush(Path folder, FileChannel channel) {
        try {
            channel.force(true);
        } catch (IOException e) {
            if (UNFLUSHED_FOLDERS.add(folder.toAbsolutePath().normalize())) {
                LOG.warn(
                        "The folder {} cannot be flushed ({}), as on some shares: files that were made or renamed in it just"
                                + " before a power cut may be lost. A folder on a disk of this machine is safer",
                        folder, e.getMessage());
            }
        }
    }
}
