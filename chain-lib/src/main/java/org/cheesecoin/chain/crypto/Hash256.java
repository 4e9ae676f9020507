package org.cheesecoin.chain.crypto;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.util.HexFormat;

/**
 * A 256-bit hash value, immutable. It is read, compared and shown as a big-endian number, so that the order of the
 * hex digits is the order of the comparison.
 */
public final class Hash256 implements Comparable<Hash256> {

    /** Length of the encoded form, in bytes. */
    public static final int BYTES = 32;

    /** The hash whose bits are all zero; used where a field must hold a hash but means none. */
    public static final Hash256 ZERO = new Hash256(0, 0, 0, 0);

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int HEX_DIGITS = 2 * BYTES;

    private final long first;
    private final long second;
    private final long third;
    private final long fourth;

    private Hash256(long first, long second, long third, long fourth) {
        this.first = first;
        this.second = second;
        this.third = third;
        this.fourth = fourth;
    }

    /**
     * Takes the value from exactly 32 bytes.
     *
     * @throws IllegalArgumentException if the length differs
     */
    public static Hash256 of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a hash has 32 bytes, not " + bytes.length);
        }
        return at(bytes, 0);
    }

    /**
     * Takes the value from the 32 bytes that begin at {@code offset}.
     *
     * @throws IndexOutOfBoundsException if fewer than 32 bytes are left
     */
    public static Hash256 at(byte[] bytes, int offset) {
        return new Hash256(
                (long) LONGS.get(bytes, offset),
                (long) LONGS.get(bytes, offset + 8),
                (long) LONGS.get(bytes, offset + 16),
                (long) LONGS.get(bytes, offset + 24));
    }

    /**
     * Reads 64 hex digits of either case.
     *
     * @throws IllegalArgumentException if the text is anything else
     */
    public static Hash256 fromHex(String hex) {
        if (hex.length() != HEX_DIGITS) {
            throw new IllegalArgumentException("a hash has 64 hex digits, not " + hex.length());
        }
        return of(HexFormat.of().parseHex(hex));
    }

    /** The 32 bytes, big-endian, in a new array. */
    public byte[] toBytes() {
        byte[] bytes = new byte[BYTES];
        copyTo(bytes, 0);
        return bytes;
    }

    /** Writes the 32 bytes into {@code target} from {@code offset} on. */
    public void copyTo(byte[] target, int offset) {
        LONGS.set(target, offset, first);
        LONGS.set(target, offset + 8, second);
        LONGS.set(target, offset + 16, third);
        LONGS.set(target, offset + 24, fourth);
    }

    /** The first eight bytes as a number, all bits used: a key for tables, which others can make collide. */
    public long leadingLong() {
        return first;
    }

    /**
     * 64 bits of the whole value, mixed with a salt: whoever does not know the salt cannot tell for which two values
     * they are the same.
     */
    public long salted(long salt) {
        return mix(mix(mix(mix(salt ^ first) ^ second) ^ third) ^ fourth);
    }

    /** The finisher of SplitMix64 (Stafford's variant 13): one to one, and each bit depends on all. */
    private static long mix(long bits) {
        long mixed = (bits ^ bits >>> 30) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
        return mixed ^ mixed >>> 31;
    }

    /** The 64 lower-case hex digits. */
    public String toHex() {
        return HexFormat.of().formatHex(toBytes());
    }

    /** The value as a number from 0 to 2^256 - 1. */
    public BigInteger toNumber() {
        return new BigInteger(1, toBytes());
    }

    @Override
    public int compareTo(Hash256 other) {
        int order = Long.compareUnsigned(first, other.first);
        if (order == 0) {
            order = Long.compareUnsigned(second, other.second);
        }
        if (order == 0) {
            order = Long.compareUnsigned(third, other.third);
        }
        return order == 0 ? Long.compareUnsigned(fourth, other.fourth) : order;
    }

    @Override
    public boolean equals(Object object) {
        return object instanceof Hash256 other
                && first == other.first
                && second == other.second
                && third == other.third
                && fourth == other.fourth;
    }

    @Override
    public int hashCode() {
        // The last bits: the first ones of a smell are zeros by proof of work.
        return Long.hashCode(fourth);
    }

    @Override
    public String toString() {
        return toHex();
    }
}
