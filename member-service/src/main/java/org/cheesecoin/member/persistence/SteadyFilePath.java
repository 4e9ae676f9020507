package org.cheesecoin.member.persistence;

import java.io.IOException;
import java.nio.channels.FileChannel;

import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * Files of H2 that no interrupt closes, as {@code jdbc:h2:steady:<path>}. H2's own {@code file:} reads through a channel
 * that the JDK closes where the reading thread is interrupted, and then H2 closes the whole database. Of its other two
 * ways, {@code async:} hands each read to another thread (a third fewer commits a second, half of the reads), and
 * {@code retry:} opens the file again, without its lock for a moment. The file itself is the same for all of them.
 */
public final class SteadyFilePath extends FilePathWrapper {

    private static final String SCHEME = "steady";
    private static final String PLAIN_URL = "jdbc:h2:file:";
    private static final String STEADY_URL = "jdbc:h2:" + SCHEME + ":";

    static {
        FilePath.register(new SteadyFilePath());
    }

    /** For H2, which makes one for each path. */
    public SteadyFilePath() {}

    /** The URL of the same database, if this names one in a plain file; else this. */
    static String steady(String url) {
        return url.startsWith(PLAIN_URL) ? STEADY_URL + url.substring(PLAIN_URL.length()) : url;
    }

    /** The URL as an owner knows it. */
    static String plain(String url) {
        return url.startsWith(STEADY_URL) ? PLAIN_URL + url.substring(STEADY_URL.length()) : url;
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        return new SteadyFile(unwrap().toString(), mode);
    }

    @Override
    public String getScheme() {
        return SCHEME;
    }
}
