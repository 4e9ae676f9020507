package org.cheesecoin.system.strangers;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

/** A TCP connection from a chosen address of this machine, on which anything can be written. Not for several writers. */
final class Line implements Closeable {

    private static final int RECEIVE_BUFFER_BYTES = 16_384;
    private static final int DIAL_MILLIS = 5_000;
    private static final int MAX_HEAD_BYTES = 20_000;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final AtomicLong sentBytes;

    private Line(Socket socket, AtomicLong sentBytes) throws IOException {
        this.socket = socket;
        this.sentBytes = sentBytes;
        this.in = new BufferedInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
    }

    /** Dials this port from that address; what is sent is added up. */
    @SuppressWarnings("AddressSelection") // the loopback interface is what is meant
    static Line dial(InetAddress from, int port, AtomicLong sentBytes) throws IOException {
        Socket socket = new Socket();
        try {
            // a reset at the end, so that thousands of closed connections do not use up the ports
            socket.setSoLinger(true, 0);
            socket.setTcpNoDelay(true);
            // little, so that what is not read soon fills the other end's buffers and not the system's
            socket.setReceiveBufferSize(RECEIVE_BUFFER_BYTES);
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(from, 0));
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), DIAL_MILLIS);
            return new Line(socket, sentBytes);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    Line write(String text) throws IOException {
        return write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    Line write(byte[] bytes) throws IOException {
        try {
            out.write(bytes);
            out.flush();
            sentBytes.addAndGet(bytes.length);
            return this;
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    int read() throws IOException {
        return read(1)[0] & 0xff;
    }

    byte[] read(int count) throws IOException {
        try {
            byte[] bytes = in.readNBytes(count);
            if (bytes.length == count) {
                return bytes;
            }
        } catch (IOException e) {
            close();
            throw e;
        }
        close();
        throw new EOFException();
    }

    /** The head of an answer, its empty line included. */
    String readHead() throws IOException {
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            if (head.length() > MAX_HEAD_BYTES) {
                throw new IOException("a head without an end");
            }
            head.append((char) read());
        }
        return head.toString();
    }

    /** Reads to the end, keeping nothing. */
    void swallow() throws IOException {
        try {
            long _ = in.transferTo(OutputStream.nullOutputStream());
        } finally {
            close();
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException _) {
            // it is gone either way
        }
    }
}
