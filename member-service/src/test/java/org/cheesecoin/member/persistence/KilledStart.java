package org.cheesecoin.member.persistence;

import java.nio.file.Path;

/**
 * Opens a database as a start does, and may be killed meanwhile. It is told a folder of its own to warm up in, so that it
 * is killed at work and not while it loads classes, and then a folder, or URL, user and password.
 */
final class KilledStart {

    private KilledStart() {}

    public static void main(String[] arguments) {
        open(MemberDatabase.urlIn(Path.of(arguments[0])), "sa", "");
        System.out.println("begins");
        if (arguments.length == 2) {
            // what a statement has committed is on the disk at once: else H2 waits for half a second
            open(MemberDatabase.urlIn(Path.of(arguments[1])) + ";WRITE_DELAY=0", "sa", "");
        } else {
            open(arguments[1], arguments[2], arguments[3]);
        }
        System.out.println("started");
    }

    private static void open(String url, String user, String password) {
        MemberDatabase.at(url, user, password).close();
    }
}
