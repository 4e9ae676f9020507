package org.cheesecoin.system.strangers;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.function.IntFunction;

/**
 * From which addresses a stranger's sockets come. All of 127.0.0.0/8 is this machine, so that strangers and honest peers
 * can have different addresses on it.
 */
public final class Source {

    private static final int HONEST = 1;

    private final IntFunction<byte[]> addresses;

    private Source(IntFunction<byte[]> addresses) {
        this.addresses = addresses;
    }

    /** One address that no honest one has, chosen by this number from 0 to 200. */
    public static Source other(int number) {
        return new Source(_ -> new byte[]{127, 0, 0, (byte) (50 + number)});
    }

    /** Sixty thousand addresses of 256 networks, another one for each socket. */
    public static Source many() {
        return new Source(socket -> new byte[]{127, 1, (byte) socket, (byte) (1 + socket / 256 % 250)});
    }

    /** The address that all honest members and the tracker have too, as behind one Docker bridge. */
    public static Source honest() {
        return new Source(_ -> new byte[]{127, 0, 0, HONEST});
    }

    /** The local end of this socket, counted from 0. */
    InetAddress address(int socket) {
        try {
            return InetAddress.getByAddress(addresses.apply(socket));
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
