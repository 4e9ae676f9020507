package org.cheesecoin.webtest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A connection on which is said what no client says, from any address of this machine. */
public final class Raw implements AutoCloseable {

    /** Longer than any limit of a service, so that what does not come does not come at all. */
    private static final int MAX_WAIT_MILLIS = 30_000;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([0-9]{3}) ?");

    private final Socket socket = new Socket();

    private Raw(String from, int port) throws IOException {
        socket.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
        socket.setSoTimeout(MAX_WAIT_MILLIS);
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress("127.0.0.1", port), MAX_WAIT_MILLIS);
    }

    /** Connects. */
    public static Raw to(int port) throws IOException {
        return from("127.0.0.1", port);
    }

    /** Connects from this address, as 127.0.0.2: a stranger of its own. */
    public static Raw from(String address, int port) throws IOException {
        return new Raw(address, port);
    }

    /** A whole conversation: sends this and answers all that comes until the service closes. */
    public static String say(int port, String text) throws IOException {
        try (Raw raw = to(port)) {
            try {
                raw.send(text);
            } catch (IOException _) {
                // it did not wait for the end; what it said stands
            }
            return raw.rest();
        }
    }

    /** The status of an answer, 0 if there is none. */
    public static int status(String answer) {
        Matcher status = STATUS.matcher(answer);
        return status.lookingAt() ? Integer.parseInt(status.group(1)) : 0;
    }

    /** Sends these characters, each a byte. */
    public Raw send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
        return this;
    }

    /** All that comes until the service closes, in whatever way. */
    public String rest() throws IOException {
        var bytes = new ByteArrayOutputStream();
        InputStream in = socket.getInputStream();
        byte[] part = new byte[8_192];
        try {
            for (int count = in.read(part); count >= 0; count = in.read(part)) {
                bytes.write(part, 0, count);
            }
        } catch (SocketTimeoutException e) {
            throw new AssertionError("it does not close after " + bytes.toString(StandardCharsets.UTF_8), e);
        } catch (IOException _) {
            // a reset: what came before it counts
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** Whether the service closes the connection within this time; what it says meanwhile is thrown away. */
    public boolean closesWithin(int millis) throws IOException {
        long end = System.nanoTime() + millis * 1_000_000L;
        byte[] part = new byte[8_192];
        try {
            while (true) {
                int left = (int) ((end - System.nanoTime()) / 1_000_000);
                if (left <= 0) {
                    return false;
                }
                socket.setSoTimeout(left);
                if (socket.getInputStream().read(part) < 0) {
                    return true;
                }
            }
        } catch (SocketTimeoutException _) {
            return false;
        } catch (IOException _) {
            return true;
        }
    }

    /** Hangs up at once: the other end gets a reset. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** The socket itself. */
    public Socket socket() {
        return socket;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
