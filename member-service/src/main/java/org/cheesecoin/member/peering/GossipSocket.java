package org.cheesecoin.member.peering;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A connection after the opening handshake of its WebSocket, whoever dialled. One thread reads and one writes; both may
 * wait, and {@link #close} ends either's waiting at once.
 */
interface GossipSocket {

    /** Which end of it this member is. */
    enum Side {
        /** The other end dialled: it masks what it sends. */
        LISTENER,
        /** This member dialled and masks what it sends. */
        DIALLER
    }

    /** Which end of it this member is. */
    Side side();

    /** The other end's IP address, without the port. */
    String remoteAddress();

    /**
     * Waits until there is something to read and reads what fits.
     *
     * @return how many bytes; -1 at the end
     * @throws IOException if it is broken or closed
     */
    int read(ByteBuffer buffer) throws IOException;

    /**
     * Waits until all of this is written.
     *
     * @throws IOException if it is broken or closed
     */
    void write(ByteBuffer bytes) throws IOException;

    /** Closes it now, with what is under way. Never waits; may be called by anybody, and again. */
    void close();
}
