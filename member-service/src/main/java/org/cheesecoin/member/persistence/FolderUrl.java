package org.cheesecoin.member.persistence;

import java.nio.file.Path;

import org.cheesecoin.member.settings.BadSetting;
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
     * @throws BadSetting if the database would be elsewhere
     */
    static String of(Path folder) {
        String path = folder.resolve(MemberDatabase.NAME).toAbsolutePath().toString();
        int semicolon = path.indexOf(';');
        // as H2 reads it
        String read = IOUtils.nameSeparatorsToNative(semicolon < 0 ? path : path.substring(0, semicolon));
        if (!read.equals(path)) {
            throw BadSetting.of("cheesecoin.data", folder.toAbsolutePath(),
                    "a folder without %s in its path: H2, which keeps the database, would have it at %s.mv.db"
                            .formatted(semicolon < 0 ? "a backslash" : "a semicolon", read));
        }
        return PREFIX + path;
    }
}
