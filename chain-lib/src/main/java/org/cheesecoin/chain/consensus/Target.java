package org.cheesecoin.chain.consensus;

import java.math.BigInteger;

import org.cheesecoin.chain.crypto.Hash256;

/**
 * What a smell may be at most, in Bitcoin's compact form (nBits): a byte for the length and three for the first digits
 * in base 256. The sign bit is not used here.
 */
public final class Target {

    private static final int MANTISSA_MASK = 0x007f_ffff;
    private static final int SIGN_BIT = 0x0080_0000;
    private static final BigInteger MAX = BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE);

    private final int compact;
    private final BigInteger value;

    private Target(int compact, BigInteger value) {
        this.compact = compact;
        this.value = value;
    }

    /** The target with this compact form. What is negative or beyond 256 bits can be met by nothing: it is zero. */
    public static Target ofCompact(int compact) {
        BigInteger value = expand(compact);
        boolean meaningless = (compact & SIGN_BIT) != 0 || value.compareTo(MAX) > 0;
        return new Target(compact, meaningless ? BigInteger.ZERO : value);
    }

    /** The largest compact target that is at most this number, which is from 0 to 2^256 - 1. */
    public static Target roundedDown(BigInteger number) {
        int length = (number.bitLength() + 7) / 8;
        int mantissa = length <= 3
                ? number.intValue() << 8 * (3 - length)
                : number.shiftRight(8 * (length - 3)).intValue();
        if ((mantissa & SIGN_BIT) != 0) {
            mantissa >>>= 8;
            length++;
        }
        int compact = length << 24 | mantissa;
        return new Target(compact, expand(compact));
    }

    /** The four bytes that a header carries. */
    public int compact() {
        return compact;
    }

    /** The number, from 0 to 2^256 - 1. */
    public BigInteger value() {
        return value;
    }

    /** The number in the form that a smell has, for comparing. */
    public Hash256 bound() {
        byte[] bytes = value.toByteArray();
        byte[] wide = new byte[Hash256.BYTES];
        int length = Math.min(bytes.length, Hash256.BYTES);
        System.arraycopy(bytes, bytes.length - length, wide, Hash256.BYTES - length, length);
        return Hash256.of(wide);
    }

    /** How many hashes it takes on average to meet it: ⌊2^256 / (target + 1)⌋. */
    public Work work() {
        return new Work(BigInteger.ONE.shiftLeft(256).divide(value.add(BigInteger.ONE)));
    }

    private static BigInteger expand(int compact) {
        int length = compact >>> 24;
        BigInteger mantissa = BigInteger.valueOf(compact & MANTISSA_MASK);
        return length <= 3 ? mantissa.shiftRight(8 * (3 - length)) : mantissa.shiftLeft(8 * (length - 3));
    }

    @Override
    public boolean equals(Object object) {
        return object instanceof Target other && compact == other.compact;
    }

    @Override
    public int hashCode() {
        return compact;
    }

    @Override
    public String toString() {
        return String.format("0x%08x", compact);
    }
}
