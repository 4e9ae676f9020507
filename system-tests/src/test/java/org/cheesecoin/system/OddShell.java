package org.cheesecoin.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A user's shell that exports much, in a folder with a blank, a quote and an umlaut in its name; all of it is in a
 * script, since what a JVM can say of other letters depends on the locale that the tests run in.
 */
final class OddShell {

    /** A name that no shell takes for one word. */
    static final String ODD = "kä se's";

    private OddShell() {}

    /**
     * A script that calls the launcher as such a user does.
     *
     * @param home where the launcher keeps its data, under a second name; the script runs there
     * @param called the launcher as it is called
     * @param proxyPort where nobody listens
     */
    static Path script(Path home, String called, int proxyPort) throws IOException {
        Files.writeString(home.resolve(".curlrc"), "proxy = \"http://127.0.0.1:" + proxyPort + "\"\nfail\nhead\n");
        return FakeCheckout.executable(home.resolve("odd"), """
                cd '%s'
                ln -sfn . "%s"
                export http_proxy=http://127.0.0.1:%d HOME="$PWD" LC_ALL=C
                export CDPATH=/ POSIXLY_CORRECT=1 GREP_OPTIONS=--color=always
                export HTTP_PROXY=$http_proxy ALL_PROXY=$http_proxy all_proxy=$http_proxy
                export JAVA_TOOL_OPTIONS='-XX:+UseParallelGC -Xmx7m' JDK_JAVA_OPTIONS=-XX:+UseZGC _JAVA_OPTIONS=-Xmx9m
                export SPRING_PROFILES_ACTIVE=postgresql SERVER_SERVLET_CONTEXT_PATH=/mine
                export MANAGEMENT_SERVER_PORT=1 DEBUG='*'
                export CHEESECOIN_TRACKER_URL=http://tracker.example:1 CHEESECOIN_DATA=/nowhere
                export CHEESECOIN_HOME="%s///"
                tail() { echo stray; }
                cd() { builtin cd "$@" && echo stray; }
                export -f tail cd
                set -C
                export SHELLOPTS
                umask 0277
                "$@"
                """.formatted(home, ODD, proxyPort, ODD).replace("\"$@\"\n", called + " \"$@\"\n"));
    }

    /** A script that does what a shell does with a line that was pasted into it, in the same surroundings. */
    static Path pasted(Path home, Path odd, String line) throws IOException {
        String text = Files.readString(odd);
        return FakeCheckout.executable(home.resolve("pasted"), text.substring(text.indexOf('\n') + 1,
                text.indexOf("tail()")) + "unset CHEESECOIN_HOME\n" + line);
    }
}
