package org.cheesecoin.member.peering;

import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A socket that this member opened, after its opening handshake. What the listener sent right behind its handshake is read
 * first.
 */
final class DialledSocket implements GossipSocket {

    private final Socket tcp;
    private final Socket stream;
    private Optional<ByteBuffer> early;

    /**
     * @param tcp the connection itself: closing it ends whatever waits on it, which closing a TLS stream does not
     * @param stream what is spoken on, TLS or the connection itself
     * @param early bytes that came with the handshake's answer
     */
    DialledSocket(Socket tcp, Socket stream, ByteBuffer early) {
        this.tcp = tcp;
        this.stream = stream;
        this.early = Optional.of(early);
    }

    @Override
    public Side side() {
        return Side.DIALLER;
    }

    @Override
    public String remoteAddress() {
        return tcp.getInetAddress().getHostAddress();
    }

    @Override
    public int read(ByteBuffer buffer) throws IOException {
        if (early.isPresent() && early.get().hasRemaining()) {
            ByteBuffer first = early.get();
            int length = Math.min(first.remaining(), buffer.remaining());
            buffer.put(first.slice(first.position(), length));
            first.position(first.position() + length);
            return length;
        }
        early = Optional.empty();
        int read = stream.getInputStream().read(buffer.array(), buffer.position(), buffer.remaining());
        if (read > 0) {
            buffer.position(buffer.position() + read);
        }
        return read;
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
        stream.getOutputStream().write(bytes.array(), bytes.position(), bytes.remaining());
    }

    @Override
    public void close() {
        closeQuietly(tcp);
    }

    static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException _) {
            // It is closed as well as it can be.
        }
    }
}
