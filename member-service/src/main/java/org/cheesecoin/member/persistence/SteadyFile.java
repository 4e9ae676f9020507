package org.cheesecoin.member.persistence;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.FileUtils;

/**
 * A file of which no interrupt closes anything, for any number of threads. An interrupted thread reads and writes as every
 * other, and stays interrupted. Reads and writes are the calling thread's own, at the speed of a plain channel; the rest is
 * left to the one kind of channel that knows no interrupts.
 */
final class SteadyFile extends FileBaseDefault {

    /**
     * Reads that may wait for the disk at once. All are opened with the file: one that were opened later could fail for
     * want of descriptors, which strangers' connections use up, and H2 closes the database after a read that fails.
     */
    static final int READERS = 4;

    private final String name;
    private final AsynchronousFileChannel channel;
    private final Handle writer;
    private final List<Handle> readers = new ArrayList<>();

    /** A descriptor with a position of its own, for one thread at a time. */
    private record Handle(RandomAccessFile file, ReentrantLock turn) {

        static Handle open(String name, String mode) throws IOException {
            return new Handle(new RandomAccessFile(name, mode), new ReentrantLock());
        }
    }

    /**
     * @param mode {@code r} or {@code rw}, as H2 says it; the latter makes the file
     */
    SteadyFile(String name, String mode) throws IOException {
        this.name = name;
        this.channel = AsynchronousFileChannel.open(Path.of(name), FileUtils.modeToOptions(mode), null,
                FileUtils.NO_ATTRIBUTES);
        this.writer = Handle.open(name, mode);
        for (int i = 0; i < READERS; i++) {
            readers.add(Handle.open(name, "r"));
        }
    }

    @Override
    public int read(ByteBuffer to, long position) throws IOException {
        Handle reader = take();
        try {
            reader.file().seek(position);
            int read = reader.file().read(to.array(), to.arrayOffset() + to.position(), to.remaining());
            if (read > 0) {
                to.position(to.position() + read);
            }
            return read;
        } finally {
            reader.turn().unlock();
        }
    }

    /** The first that is free, or the turn at one where none is. */
    private Handle take() {
        for (Handle reader : readers) {
            if (reader.turn().tryLock()) {
                return reader;
            }
        }
        Handle reader = readers.get((int) (Thread.currentThread().threadId() % READERS));
        reader.turn().lock();
        return reader;
    }

    @Override
    public int write(ByteBuffer from, long position) throws IOException {
        int bytes = from.remaining();
        writer.turn().lock();
        try {
            writer.file().seek(position);
            writer.file().write(from.array(), from.arrayOffset() + from.position(), bytes);
            from.position(from.position() + bytes);
            return bytes;
        } finally {
            writer.turn().unlock();
        }
    }

    @Override
    public long size() throws IOException {
        return channel.size();
    }

    @Override
    protected void implTruncate(long bytes) throws IOException {
        channel.truncate(bytes);
    }

    /** As a plain channel does it, which on macOS is more than the descriptor's own. */
    @Override
    public void force(boolean metaData) throws IOException {
        channel.force(metaData);
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) throws IOException {
        return channel.tryLock(position, size, shared);
    }

    /** POSIX gives up a lock with the first descriptor of its file that is closed, so all go together. */
    @Override
    protected void implCloseChannel() throws IOException {
        try (channel; RandomAccessFile _ = writer.file()) {
            for (Handle reader : readers) {
                reader.file().close();
            }
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
