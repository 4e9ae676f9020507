package org.cheesecoin.member.settings;

import java.nio.file.Path;

/** Data folders for tests of other rooms. */
public final class TestFolders {

    private TestFolders() {}

    /** Takes the folder as a member does. */
    public static DataFolder open(Path folder) {
        return DataFolder.open(folder);
    }
}
