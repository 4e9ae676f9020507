package org.cheesecoin.member.wallet;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

import org.cheesecoin.chain.cheese.Address;
import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.member.settings.DiskFailure;
import org.cheesecoin.member.settings.OwnerOnlyFile;
import org.cheesecoin.web.start.BadSetting;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the wallet has promised, outside the database, so that a database that went back does not break it: which orders were
 * paid, the payments, how many addresses are out. A file that is written at its end after each commit of the loop, and
 * flushed before anybody is answered. For the loop.
 */
final class WalletJournal implements AutoCloseable {

    /** Its name in the data folder. */
    static final String FILE = "wallet.journal";

    /** Where members once put every journal of another wallet; it is taken back as those are that have a name of their own. */
    static final String OTHER_FILE = "wallet.journal.other";

    /** From this length on it is written anew, in bytes: what counts are 5 MB at most, 3 of them keys of 200 characters. */
    static final long MAX_BYTES = 8_000_000;

    private static final Logger LOG = LoggerFactory.getLogger(WalletJournal.class);

    private static final byte[] MAGIC = "CHEESEJ1".getBytes(StandardCharsets.US_ASCII);
    /** Length before an entry, checksum after it. */
    private static final int FRAME_BYTES = 2 * Integer.BYTES;
    /** Most of one entry, in bytes: no payment is longer than what a cheese takes. */
    static final int MAX_ENTRY_BYTES = Cheese.MAX_PAYMENTS_BYTES + 1_000;
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

    private record Reading(JournalState state, int end) {

        boolean isOf(Address wallet) {
            return state.wallet().equals(Optional.of(wallet));
        }
    }

    /**
     * Looks whether it can be used, before anything else begins.
     *
     * @throws BadSetting if this user may not read and write it, or it is damaged
     * @throws DiskFailure if the disk fails
     */
    void requireUsable() {
        try {
            if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                new RandomAccessFile(path.toFile(), SYNCED).close();
                reading(path);
            }
        } catch (IOException e) {
            throw DiskFailure.of(path, e);
        }
    }

    /**
     * Reads it for this wallet, and begins one where there is none. What a write that was cut short left at its end is cut
     * off. The journal of another wallet is put aside under that wallet's name, and taken back when that comes back.
     *
     * @throws BadSetting if this user may not read and write it, or it is damaged anywhere else
     * @throws DiskFailure if the disk is full, or fails
     */
    JournalState read(Address wallet) {
        close();
        try {
            Optional<Reading> present = reading(path);
            if (present.isPresent() && !present.get().isOf(wallet)) {
                putAside(present.get().state());
                present = Optional.empty();
            }
            List<Path> aside = asideFor(wallet);
            if (!aside.isEmpty()) {
                return takeBack(wallet, aside, present);
            }
            if (present.isEmpty()) {
                return begin(wallet);
            }
            RandomAccessFile file = new RandomAccessFile(path.toFile(), SYNCED);
            open = Optional.of(file);
            file.setLength(present.get().end());
            file.seek(present.get().end());
            return present.get().state();
        } catch (IOException e) {
            throw DiskFailure.of(path, e);
        }
    }

    /** Where the journal of a wallet is while this folder is another's. */
    private Path aside(Address wallet) {
        return path.resolveSibling(FILE + "." + wallet);
    }

    /** Nothing that was promised is overwritten: what stands there already is joined with it. */
    private void putAside(JournalState state) throws IOException {
        Optional<Path> place = state.wallet().map(this::aside);
        if (place.isEmpty()) {
            return;
        }
        Optional<Reading> there = reading(place.get());
        if (there.isPresent()) {
            there.get().state().addAll(state);
            OwnerOnlyFile.write(place.get(), whole(there.get().state()));
            Files.delete(path);
        } else {
            Files.move(path, place.get());
        }
        LOG.warn("{} is of another wallet, and is put aside as {} until that wallet is here again", path,
                place.get().getFileName());
    }

    private List<Path> asideFor(Address wallet) throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path place : List.of(path.resolveSibling(OTHER_FILE), aside(wallet))) {
            if (reading(place).filter(it -> it.isOf(wallet)).isPresent()) {
                found.add(place);
            }
        }
        return found;
    }

    private JournalState takeBack(Address wallet, List<Path> aside, Optional<Reading> present) throws IOException {
        JournalState state = new JournalState();
        state.add(new JournalEntry.OfWallet(wallet));
        for (Path place : aside) {
            reading(place).ifPresent(it -> state.addAll(it.state()));
        }
        present.ifPresent(it -> state.addAll(it.state()));
        rewrite(state);
        for (Path place : aside) {
            Files.delete(place);
            LOG.info("This wallet is here again, and what it promised is taken back from {}", place.getFileName());
        }
        return state;
    }

    private JournalState begin(Address wallet) throws IOException {
        JournalState state = new JournalState();
        state.add(new JournalEntry.OfWallet(wallet));
        rewrite(state);
        return state;
    }

    /** What a file holds; nothing where there is none. */
    private static Optional<Reading> reading(Path file) throws IOException {
        return Files.notExists(file, LinkOption.NOFOLLOW_LINKS)
                ? Optional.empty()
                : Optional.of(read(file, Files.readAllBytes(file)));
    }

    private static Reading read(Path file, byte[] bytes) {
        if (bytes.length < MAGIC.length || !Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw damaged(file, 0);
        }
        JournalState state = new JournalState();
        int at = MAGIC.length;
        Optional<byte[]> payload = payload(bytes, at);
        while (payload.isPresent()) {
            try {
                state.add(JournalEntry.of(payload.get()));
            } catch (IOException e) {
                LOG.debug("An entry with the right checksum is none", e);
                throw damaged(file, at);
            }
            at += FRAME_BYTES + payload.get().length;
            payload = payload(bytes, at);
        }
        for (int later = at + 1; later < bytes.length; later++) {
            // Something whole stands after it, so this is no end that was cut short.
            if (payload(bytes, later).isPresent()) {
                throw damaged(file, at);
            }
        }
        return new Reading(state, at);
    }

    private static BadSetting damaged(Path file, int at) {
        return BadSetting.of("file " + file, "damaged at byte " + at,
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

    /**
     * Writes these at its end; durable when this returns.
     *
     * @throws DiskFailure if the disk is full, or fails; the loop then begins again, and with it this file
     */
    void append(List<JournalEntry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        RandomAccessFile file = open.orElseThrow(() -> new IllegalStateException(path + " is closed"));
        try {
            file.write(framed(entries));
            if (file.length() > maxBytes) {
                close();
                rewrite(read(path, Files.readAllBytes(path)).state());
            }
        } catch (IOException e) {
            close();
            throw DiskFailure.of(path, e);
        }
    }

    private void rewrite(JournalState state) throws IOException {
        byte[] whole = whole(state);
        OwnerOnlyFile.write(path, whole);
        RandomAccessFile file = new RandomAccessFile(path.toFile(), SYNCED);
        open = Optional.of(file);
        file.seek(whole.length);
    }

    private static byte[] whole(JournalState state) {
        byte[] entries = framed(state.entries());
        byte[] whole = Arrays.copyOf(MAGIC, MAGIC.length + entries.length);
        System.arraycopy(entries, 0, whole, MAGIC.length, entries.length);
        return whole;
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
