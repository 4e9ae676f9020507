package org.cheesecoin.member.settings;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

import org.cheesecoin.web.start.BadSetting;
import org.cheesecoin.web.start.EndStatus;
import org.jspecify.annotations.Nullable;

/**
 * A file of the data folder could not be read or written for a reason that may be over by itself: a disk that is full, or
 * one that fails. Its message is one line for the owner.
 */
public final class DiskFailure extends RuntimeException implements EndStatus.Reason {

    private static final long serialVersionUID = 1L;

    private DiskFailure(Path file, IOException reason) {
        super("cannot read or write %s (%s): make room on its disk, or mend the disk; until then it is tried again"
                .formatted(file, reason), reason);
    }

    /**
     * Why a file could not be read or written.
     *
     * @return a {@link BadSetting} where its owner must mend something first, since another thing is in its place or this
     *     user may not use it; else this
     */
    public static RuntimeException of(Path file, IOException reason) {
        return isForTheOwner(file, reason)
                ? BadSetting.of("file " + file, "not usable",
                        "one that this user can read and write (%s)".formatted(reason))
                : new DiskFailure(file, reason);
    }

    /** The words of a system differ with its language, so what it says beyond these types is not looked at. */
    static boolean isForTheOwner(Path file, IOException reason) {
        return switch (reason) {
            case AccessDeniedException _,NoSuchFileException _,NotDirectoryException _ -> true;
            case DirectoryNotEmptyException _,FileSystemLoopException _ -> true;
            default -> Files.isDirectory(file)
                    || Files.exists(file) && !(Files.isReadable(file) && Files.isWritable(file))
                    || !isFolderToWriteInto(file.toAbsolutePath().getParent());
        };
    }

    /** Of a folder that is not there the one counts that it would be made in. */
    private static boolean isFolderToWriteInto(@Nullable Path folder) {
        Path present = folder;
        while (present != null && Files.notExists(present)) {
            present = present.getParent();
        }
        return present != null && Files.isDirectory(present) && Files.isWritable(present);
    }

    /** The disk may have room again at the next start. */
    @Override
    public EndStatus endStatus() {
        return EndStatus.TRY_AGAIN;
    }
}
