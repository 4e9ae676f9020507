package org.cheesecoin.member.persistence;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32C;

import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.consensus.StackedHeader;
import org.cheesecoin.chain.consensus.Work;
import org.cheesecoin.chain.crypto.Hash256;

/**
 * How far a database has come, as the file beside it remembers it.
 *
 * @param networkId whose stack it holds
 * @param run which database it is: made at random with it
 * @param commits how many commits of the loop it has seen; never less than before
 * @param tip the stack's at the last of them
 * @param best the tip with the most work that it ever had
 */
record StackMark(Smell networkId, UUID run, long commits, Place tip, Place best) {

    /** Length of one copy, in bytes: less than a sector, which a disk writes whole. */
    static final int BYTES = 512;

    private static final byte[] MAGIC = {'C', 'H', 'E', 'E', 'S', 'E', 'M', '1'};
    private static final int WORK_BYTES = 32;
    private static final int CHECKSUM_AT = BYTES - Integer.BYTES;

    /** A cheese of the best branch. */
    record Place(int height, Smell smell, Work work) {

        static Place of(StackedHeader header) {
            return new Place(header.height(), header.smell(), header.totalWork());
        }

        Place orHigher(Place other) {
            return other.work().compareTo(work) > 0 ? other : this;
        }
    }

    /** A copy with the number of its writing: the highest of two is the newest. */
    record Numbered(long number, StackMark mark) {}

    /** One copy, with its checksum. */
    byte[] encode(long number) {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES);
        bytes.put(MAGIC).putLong(number);
        bytes.put(Rows.bytes(networkId));
        bytes.putLong(run.getMostSignificantBits()).putLong(run.getLeastSignificantBits());
        bytes.putLong(commits);
        for (Place place : List.of(tip, best)) {
            bytes.putInt(place.height()).put(Rows.bytes(place.smell())).put(padded(place.work()));
        }
        bytes.putInt(CHECKSUM_AT, checksum(bytes.array()));
        return bytes.array();
    }

    /** Reads a copy; nothing if it is torn, or no copy of a mark. */
    static Optional<Numbered> decode(byte[] copy) {
        ByteBuffer bytes = ByteBuffer.wrap(copy);
        byte[] magic = new byte[MAGIC.length];
        if (copy.length != BYTES || bytes.getInt(CHECKSUM_AT) != checksum(copy)
                || !Arrays.equals(bytes.get(magic).array(), 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            return Optional.empty();
        }
        long number = bytes.getLong();
        Smell networkId = smell(bytes);
        UUID run = new UUID(bytes.getLong(), bytes.getLong());
        long commits = bytes.getLong();
        Place tip = place(bytes);
        return Optional.of(new Numbered(number, new StackMark(networkId, run, commits, tip, place(bytes))));
    }

    /** The newest copy that is whole. */
    static Optional<Numbered> newest(List<byte[]> copies) {
        return copies.stream()
                .flatMap(copy -> decode(copy).stream())
                .max(Comparator.comparingLong(Numbered::number));
    }

    private static Place place(ByteBuffer bytes) {
        int height = bytes.getInt();
        Smell smell = smell(bytes);
        byte[] work = new byte[WORK_BYTES];
        bytes.get(work);
        return new Place(height, smell, new Work(new BigInteger(1, work)));
    }

    private static Smell smell(ByteBuffer bytes) {
        byte[] hash = new byte[Hash256.BYTES];
        bytes.get(hash);
        return new Smell(Hash256.of(hash));
    }

    private static byte[] padded(Work work) {
        byte[] number = work.hashes().toByteArray();
        byte[] padded = new byte[WORK_BYTES];
        int length = Math.min(number.length, WORK_BYTES);
        System.arraycopy(number, number.length - length, padded, WORK_BYTES - length, length);
        return padded;
    }

    private static int checksum(byte[] copy) {
        CRC32C sum = new CRC32C();
        sum.update(copy, 0, CHECKSUM_AT);
        return (int) sum.getValue();
    }
}
