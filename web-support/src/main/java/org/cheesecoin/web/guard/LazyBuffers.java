package org.cheesecoin.web.guard;

import java.nio.ByteBuffer;

import org.apache.tomcat.util.net.SocketBufferHandler;
import org.jspecify.annotations.Nullable;

/** A connection's buffers, there only while something is read or written: most connections are idle. */
final class LazyBuffers extends SocketBufferHandler {

    private volatile int readBytes;
    private volatile int writeBytes;
    private final boolean direct;
    private volatile @Nullable SocketBufferHandler real;

    LazyBuffers(int readBytes, int writeBytes, boolean direct) {
        super(0, 0, false);
        this.readBytes = readBytes;
        this.writeBytes = writeBytes;
        this.direct = direct;
    }

    /** Gives the memory back, unless it holds what is not read or sent yet. */
    void release() {
        SocketBufferHandler held = real;
        if (held != null && held.isReadBufferEmpty() && held.isWriteBufferEmpty()) {
            real = null;
            held.free();
        }
    }

    private SocketBufferHandler real() {
        SocketBufferHandler held = real;
        if (held == null) {
            held = new SocketBufferHandler(readBytes, writeBytes, direct);
            real = held;
        }
        return held;
    }

    @Override
    public void configureReadBufferForWrite() {
        real().configureReadBufferForWrite();
    }

    @Override
    public void configureReadBufferForRead() {
        real().configureReadBufferForRead();
    }

    @Override
    public ByteBuffer getReadBuffer() {
        return real().getReadBuffer();
    }

    @Override
    public boolean isReadBufferEmpty() {
        SocketBufferHandler held = real;
        return held == null || held.isReadBufferEmpty();
    }

    @Override
    public void unReadReadBuffer(ByteBuffer returnedData) {
        real().unReadReadBuffer(returnedData);
    }

    @Override
    public void configureWriteBufferForWrite() {
        real().configureWriteBufferForWrite();
    }

    @Override
    public void configureWriteBufferForRead() {
        real().configureWriteBufferForRead();
    }

    @Override
    public boolean isWriteBufferWritable() {
        return real().isWriteBufferWritable();
    }

    @Override
    public ByteBuffer getWriteBuffer() {
        return real().getWriteBuffer();
    }

    @Override
    public boolean isWriteBufferEmpty() {
        SocketBufferHandler held = real;
        return held == null || held.isWriteBufferEmpty();
    }

    @Override
    public void reset() {
        SocketBufferHandler held = real;
        if (held != null) {
            held.reset();
        }
    }

    /** TLS asks for this, and needs it again after they were given back. */
    @Override
    public void expand(int newSize) {
        readBytes = Math.max(readBytes, newSize);
        writeBytes = Math.max(writeBytes, newSize);
        real().expand(newSize);
    }

    @Override
    public void free() {
        SocketBufferHandler held = real;
        real = null;
        if (held != null) {
            held.free();
        }
    }
}
