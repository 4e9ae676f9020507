package org.cheesecoin.chain.cheese;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

import org.cheesecoin.chain.crypto.Hash256;

/**
 * Reads the canonical encoding with a limit for every length. Each method throws {@link MalformedException} where the
 * bytes do not hold what is asked for; {@link #decode} is the way in that turns it into an {@link Outcome}.
 */
public final class ByteReader {

    private final byte[] bytes;
    private int position;

    private ByteReader(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Reads one value out of all of these bytes (ENC-TRAILING). Nothing that a stranger sends makes it throw. */
    public static <T> Outcome<T> decode(byte[] bytes, Function<ByteReader, T> read) {
        try {
            ByteReader reader = new ByteReader(bytes);
            T value = read.apply(reader);
            reader.end();
            return Outcome.passed(value);
        } catch (MalformedException e) {
            return Outcome.refused(e.violation());
        }
    }

    /** One byte, 0 to 255. */
    public int u8() {
        need(1);
        return bytes[position++] & 0xff;
    }

    /** Two bytes, 0 to 65,535. */
    public int u16() {
        return u8() << 8 | u8();
    }

    /** Four bytes, all of them used: negative where the first bit is set. */
    public int u32() {
        return u16() << 16 | u16();
    }

    /** Four bytes as a number from 0 to 2^31 - 1 (ENC-VALUE). */
    public int u31(String name) {
        int value = u32();
        if (value < 0) {
            throw malformed(Rule.ENC_VALUE, name, Integer.toUnsignedString(value));
        }
        return value;
    }

    /** Eight bytes, all of them used: negative where the first bit is set. */
    public long u64() {
        return (long) u32() << 32 | u32() & 0xffff_ffffL;
    }

    /** Thirty-two bytes. */
    public Hash256 hash() {
        need(Hash256.BYTES);
        Hash256 hash = Hash256.at(bytes, position);
        position += Hash256.BYTES;
        return hash;
    }

    /** So many bytes, in a new array. */
    public byte[] raw(int length) {
        need(length);
        position += length;
        return Arrays.copyOfRange(bytes, position - length, position);
    }

    /**
     * A count that is at most {@code limit} (ENC-LIMIT) and for which enough bytes are left (ENC-TRUNCATED), so that a
     * few bytes never make us reserve room for many.
     */
    public int count(String name, int count, int limit, int leastBytesEach) {
        if (count < 0 || count > limit) {
            throw new MalformedException(Violation.of(Rule.ENC_LIMIT)
                    .with("list", name)
                    .with("count", Integer.toUnsignedString(count))
                    .with("limit", limit));
        }
        if ((long) count * leastBytesEach > remaining()) {
            throw malformed(Rule.ENC_TRUNCATED, "list", name);
        }
        return count;
    }

    /** So many values, one after the other. */
    public <T> List<T> list(int count, Function<ByteReader, T> read) {
        List<T> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            values.add(read.apply(this));
        }
        return List.copyOf(values);
    }

    /** Where it stands, in bytes from the beginning. */
    public int position() {
        return position;
    }

    /** How many bytes are left. */
    public int remaining() {
        return bytes.length - position;
    }

    /** The bytes from {@code start} to where it stands, in a new array. */
    public byte[] since(int start) {
        return Arrays.copyOfRange(bytes, start, position);
    }

    private void end() {
        if (remaining() > 0) {
            throw malformed(Rule.ENC_TRAILING, "trailingBytes", remaining());
        }
    }

    private void need(int length) {
        if (remaining() < length) {
            throw new MalformedException(Violation.of(Rule.ENC_TRUNCATED)
                    .with("neededBytes", length)
                    .with("remainingBytes", remaining()));
        }
    }

    private static MalformedException malformed(Rule rule, String name, Object value) {
        return new MalformedException(Violation.of(rule).with(name, value));
    }
}
