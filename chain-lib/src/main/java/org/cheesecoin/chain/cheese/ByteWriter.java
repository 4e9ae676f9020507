package org.cheesecoin.chain.cheese;

import java.util.Arrays;

import org.cheesecoin.chain.crypto.Hash256;

/** Writes the canonical encoding: fixed-width big-endian integers and length-prefixed lists. It grows as needed. */
public final class ByteWriter {

    private byte[] bytes;
    private int length;

    /** With room for so many bytes before it must grow. */
    public ByteWriter(int expectedBytes) {
        this.bytes = new byte[Math.max(16, expectedBytes)];
    }

    /** One byte, the low eight bits. */
    public ByteWriter u8(int value) {
        reserve(1);
        bytes[length++] = (byte) value;
        return this;
    }

    /** Two bytes, the low sixteen bits. */
    public ByteWriter u16(int value) {
        return u8(value >>> 8).u8(value);
    }

    /** Four bytes. */
    public ByteWriter u32(int value) {
        return u16(value >>> 16).u16(value);
    }

    /** Eight bytes. */
    public ByteWriter u64(long value) {
        return u32((int) (value >>> 32)).u32((int) value);
    }

    /** Thirty-two bytes. */
    public ByteWriter hash(Hash256 hash) {
        reserve(Hash256.BYTES);
        hash.copyTo(bytes, length);
        length += Hash256.BYTES;
        return this;
    }

    /** The bytes as they are, with no length before them. */
    public ByteWriter raw(byte[] value) {
        reserve(value.length);
        System.arraycopy(value, 0, bytes, length, value.length);
        length += value.length;
        return this;
    }

    /** How many bytes were written so far. */
    public int length() {
        return length;
    }

    /** What was written, in a new array. */
    public byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    private void reserve(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, 2 * bytes.length));
        }
    }
}
