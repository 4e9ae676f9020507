package org.cheesecoin.member.wallet;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

import org.cheesecoin.chain.cheese.Address;
import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.member.settings.BadSetting;
import org.cheesecoin.member.settings.OwnerOnlyFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;

/**
 * What the wallet has promised, outside the database, so that a database that went back does not break it: which orders were
 * paid, the payments, how many addresses are out. A file that is written at its end after each commit of the loop, and
 * flushed before anybody is answered. For the loop.
 */
final class WalletJournal implements AutoCloseable {

    /** Its name in the data folder. */
    static final String FILE = "wallet.journal";

    /** A journal of another wallet, under which another database ran here. */
    static final String OTHER_FILE = "wallet.journal.other";

    /** From this length on it is written anew, in bytes: what counts are 5 MB at most, 3 of them keys of 200 characters. */
    static final long MAX_BYTES = 8_000_000;

    private static final Logger LOG = LoggerFactory.getLogger(WalletJournal.class);

    private static final byte[] MAGIC = "CHEESEJ1".getBytes(StandardCharsets.US_ASCII);
    /** Length before an entry, checksum after it. */
    private static final int FRAME_BYTES = 2 * Integer.BYTES;
    /** No payment is longer than what a cheese takes. */
    private static final int MAX_ENTRY_BYTES = Cheese.MAX_PAYMENTS_BYTES + 1_000;
    /** Each write returns when the disk has it, in one call, which no interrupt cuts short. */
    private static final String SYNCED = "rwd";

    private final Path path;
    private final long maxBytes;
    private Optional<RandomAccessFile> open = Optional.empty();

    private WalletJournal(Path folder, long maxBytes) {
        this.path = folder.resolve(FILE);
        this.maxBytes = maxBytes;
    }

    static WalletJournal in(Path folder) {
        return in(folder, MAX_BYTES);
    }

    /** One that is written anew from another length on. */
    static WalletJournal in(Path folder, long maxBytes) {
        return new WalletJournal(folder, maxBytes);
    }

    private record Reading(JournalState state, int end) {}

    /**
     * Looks whether it can be used, before anything else begins.
     *
     * @throws BadSetting if it cannot be read and written, or is damaged
     */
    void requireUsable() {
        try {
            if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                new RandomAccessFile(path.toFile(), SYNCED).close();
                read(Files.readAllBytes(path));
            }
        } catch (IOException e) {
            throw notUsable(e);
        }
    }

    private BadSetting notUsable(IOException reason) {
        return BadSetting.of("file " + path, "not usable",
                "one that this user can read and write (%s)".formatted(reason));
    }

    /**
     * Reads it for this wallet, and begins one where there is none. What a write that was cut short left at its end is cut
     * off; the journal of another wallet is put aside.
     *
     * @throws BadSetting if it cannot be read, or is damaged anywhere else
     */
    JournalState read(Address wallet) {
        close();
        try {
            if (Files.notExists(path, LinkOption.NOFOLLOW_LINKS)) {
                return begin(wallet);
            }
            byte[] bytes = Files.readAllBytes(path);
            Reading reading = read(bytes);
            if (!reading.state().wallet().equals(Optional.of(wallet))) {
                LOG.warn("{} is of another wallet, and is put aside as {}", path, OTHER_FILE);
                Files.move(path, path.resolveSibling(OTHER_FILE), StandardCopyOption.REPLACE_EXISTING);
                return begin(wallet);
            }
            RandomAccessFile file = new RandomAccessFile(path.toFile(), SYNCED);
            open = Optional.of(file);
            file.setLength(reading.end());
            file.seek(reading.end());
            return reading.state();
        } catch (IOException e) {
            throw notUsable(e);
        }
    }

    private JournalState begin(Address wallet) throws IOException {
        JournalState state = new JournalState();
        state.add(new JournalEntry.OfWallet(wallet));
        rewrite(state);
        return state;
    }

    private Reading read(byte[] bytes) {
        if (bytes.length < MAGIC.length || !Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw damaged(0);
        }
        JournalState state = new JournalState();
        int at = MAGIC.length;
        Optional<byte[]> payload = payload(bytes, at);
        while (payload.isPresent()) {
            try {
                state.add(JournalEntry.of(payload.get()));
            } catch (IOException e) {
                LOG.debug("An entry with the right checksum is none", e);
                throw damaged(at);
            }
            at += FRAME_BYTES + payload.get().length;
            payload = payload(bytes, at);
        }
        for (int later = at + 1; later < bytes.length; later++) {
            // Something whole stands after it, so this is no end that was cut short.
            if (payload(bytes, later).isPresent()) {
                throw damaged(at);
            }
        }
        return new Reading(state, at);
    }

    private BadSetting damaged(int at) {
        return BadSetting.of("file " + path, "damaged at byte " + at,
                "as this member wrote it: restore the data folder from "
                        + "a back-up, or, if its database is the newest that you have, delete this file, which is then made again "
                        + "from that");
    }

    private static Optional<byte[]> payload(byte[] file, int at) {
        if (file.length - at < FRAME_BYTES) {
            return Optional.empty();
        }
        ByteBuffer buffer = ByteBuffer.wrap(file);
        int length = buffer.getInt(at);
        if (length <= 0 || length > MAX_ENTRY_BYTES || length > file.length - at - FRAME_BYTES) {
            return Optional.empty();
        }
        byte[] payload = Arrays.copyOfRange(file, at + Integer.BYTES, at + Integer.BYTES + length);
        return buffer.getInt(at + Integer.BYTES + length) == checksum(payload) ? Optional.of(payload)
                : Optional.empty();
    }

    /** Writes these at its end; durable when this returns. */
    void append(List<JournalEntry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        try {
            RandomAccessFile file = open.orElseThrow(() -> new IOException("it is closed"));
            file.write(framed(entries));
            if (file.length() > maxBytes) {
                close();
                rewrite(read(Files.readAllBytes(path)).state());
            }
        } catch (IOException e) {
            // The loop begins again, and with it this file.
            close();
            throw new DataAccessResourceFailureException("cannot write " + path, e);
        }
    }

    private void rewrite(JournalState state) throws IOException {
        byte[] entries = framed(state.entries());
        byte[] whole = Arrays.copyOf(MAGIC, MAGIC.length + entries.length);
        System.arraycopy(entries, 0, whole, MAGIC.length, entries.length);
        OwnerOnlyFile.write(path, whole);
        RandomAccessFile file = new RandomAccessFile(path.toFile(), SYNCED);
        open = Optional.of(file);
        file.seek(whole.length);
    }

    private static byte[] framed(List<JournalEntry> entries) {
        List<byte[]> payloads = entries.stream().map(JournalEntry::toBytes).toList();
        ByteBuffer bytes = ByteBuffer.allocate(payloads.stream().mapToInt(it -> FRAME_BYTES + it.length).sum());
        payloads.forEach(it -> bytes.putInt(it.length).put(it).putInt(checksum(it)));
        return bytes.array();
    }

    private static int checksum(byte[] payload) {
        CRC32C sum = new CRC32C();
        sum.update(payload);
        return (int) sum.getValue();
    }

    @Override
    public void close() {
        try {
            if (open.isPresent()) {
                open.get().close();
            }
        } catch (IOException e) {
            LOG.debug("{} could not be closed", path, e);
        } finally {
            open = Optional.empty();
        }
    }
}
