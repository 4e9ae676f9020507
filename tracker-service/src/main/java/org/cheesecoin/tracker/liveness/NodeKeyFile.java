package org.cheesecoin.tracker.liveness;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;

import org.cheesecoin.chain.cheese.GivenText;
import org.cheesecoin.chain.crypto.PrivateKey;
import org.cheesecoin.web.start.BadSetting;

/** The node key in {@code <data>/node.key}: 64 hex digits, for the owner's eyes only. */
public final class NodeKeyFile {

    private static final String NAME = "node.key";
    private static final long MAX_FILE_BYTES = 1_000;

    private NodeKeyFile() {}

    /** A fresh key. */
    public static PrivateKey random(SecureRandom random) {
        byte[] bytes = new byte[PrivateKey.BYTES];
        do {
            random.nextBytes(bytes);
        } while (!PrivateKey.isValid(bytes));
        return PrivateKey.of(bytes);
    }

    /**
     * The key of this folder, made if there is none yet.
     *
     * @throws BadSetting if the file holds something else, or cannot be read or written
     */
    public static PrivateKey readOrMake(Path data, SecureRandom random) {
        Path file = data.resolve(NAME);
        try {
            if (!Files.exists(file)) {
                make(data, file, random(random));
            }
            return read(file);
        } catch (IOException e) {
            throw BadSetting.of("cheesecoin.tracker.data", data,
                    "a folder in which %s can be read and written (%s)".formatted(NAME, e));
        }
    }

    private static PrivateKey read(Path file) throws IOException {
        if (Files.size(file) <= MAX_FILE_BYTES) {
            try {
                return PrivateKey.of(HexFormat.of().parseHex(GivenText.strip(Files.readString(file))));
            } catch (IllegalArgumentException | CharacterCodingException _) {
                // Its message could hold a part of the key.
            }
        }
        throw BadSetting.ofSecret("file " + file, "64 hex digits of a node key; move it away to get a new one");
    }

    /** Whole or not at all: a kill in between leaves no half of a key. */
    private static void make(Path data, Path file, PrivateKey key) throws IOException {
        Files.createDirectories(data);
        boolean posix = Files.getFileStore(data).supportsFileAttributeView("posix");
        FileAttribute<?>[] ownerOnly = posix
                ? new FileAttribute<?>[]{
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))}
                : new FileAttribute<?>[0];
        Path half = data.resolve(NAME + ".new");
        Files.deleteIfExists(half);
        byte[] hex = (HexFormat.of().formatHex(key.toBytes()) + "\n").getBytes(StandardCharsets.US_ASCII);
        try (FileChannel channel = FileChannel.open(
                half, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly)) {
            channel.write(ByteBuffer.wrap(hex));
            channel.force(true);
        }
        try {
            Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException _) {
            Files.delete(half);
        }
    }
}
