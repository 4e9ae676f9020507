package org.cheesecoin.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Which version of the programs this is: the one of the build, wherever one is named. */
public final class ProgramVersion {

    /** Where the classes were not made by the project's build, as in an editor. */
    static final String UNBUILT = "development";

    private static final String FILE = "version.properties";
    private static final String FORM = "[0-9][0-9A-Za-z.+-]{0,63}";
    private static final String TEXT = read();

    private ProgramVersion() {}

    /** As {@code 0.1.0}, at most 64 characters of ASCII. */
    public static String text() {
        return TEXT;
    }

    /** How the programs name themselves where they call others over HTTP. */
    public static String userAgent() {
        return "CheeseCoin/" + TEXT;
    }

    private static String read() {
        try (InputStream file = ProgramVersion.class.getResourceAsStream(FILE)) {
            var properties = new Properties();
            if (file != null) {
                properties.load(file);
            }
            String version = properties.getProperty("version", UNBUILT);
            return version.matches(FORM) ? version : UNBUILT;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
