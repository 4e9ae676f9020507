package org.cheesecoin.webtest;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A port of loopback for a program that cannot choose one itself, or for nobody at all. It lies below those that the system
 * gives to connections by itself: of those, one that was free a moment ago may be another connection's when it is wanted,
 * and a connection to one where nobody listens may be answered by itself.
 */
public final class FreePort {

    private static final int FIRST = 12_000;
    /** Not included. Above it lie the ports that the launcher's tests choose from, and above those the system's own. */
    private static final int END = 15_000;

    private FreePort() {}

    /** One where nobody listens. */
    public static int any() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, END);
            if (isFree(port)) {
                return port;
            }
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }
}
