package org.cheesecoin.member.persistence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.cheesecoin.member.settings.DiskFailure;
import org.cheesecoin.web.start.BadSetting;
import org.h2.util.IOUtils;

/**
 * The JDBC URL of an H2 database in a folder that its owner has named. H2 ends a path at a semicolon and takes what follows
 * for settings, one of which runs SQL; outside Windows it takes a backslash for a slash. It knows no way to escape either.
 */
final class FolderUrl {

    private static final String PREFIX = "jdbc:h2:file:";

    private FolderUrl() {}

    /**
     * The URL, without settings.
     *
     * @param folder where the file of the database is to be, called {@link MemberDatabase#NAME}
     * @throws BadSetting if the database would be elsewhere, by the path or by that to which links in it lead
     */
    static String of(Path folder) {
        Path path = folder.resolve(MemberDatabase.NAME).toAbsolutePath();
        requireReadable(folder, path.toString());
        // H2 follows links first, and reads the path to which they lead
        String file = withoutLinks(folder.resolve(MemberDatabase.NAME + H2File.ENDING).toAbsolutePath()).toString();
        requireReadable(folder,
                file.endsWith(H2File.ENDING) ? file.substring(0, file.length() - H2File.ENDING.length()) : file);
        return PREFIX + path;
    }

    private static void requireReadable(Path folder, String path) {
        int semicolon = path.indexOf(';');
        // as H2 reads it
        String read = IOUtils.nameSeparatorsToNative(semicolon < 0 ? path : path.substring(0, semicolon));
        if (!read.equals(path)) {
            throw BadSetting.of("cheesecoin.data", folder.toAbsolutePath(),
                    "a folder without %s in its path, also where it is a link: H2, which keeps the database, would have it at %s.mv.db"
                            .formatted(semicolon < 0 ? "a backslash" : "a semicolon", read));
        }
    }

    /** Of what is not there yet, as far as it is there. */
    private static Path withoutLinks(Path path) {
        Path folder = path.getParent();
        if (folder == null || Files.exists(path)) {
            return real(path);
        }
        return withoutLinks(folder).resolve(path.getFileName());
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            throw DiskFailure.of(path, e);
        }
    }
}
