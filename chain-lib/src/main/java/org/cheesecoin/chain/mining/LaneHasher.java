package org.cheesecoin.chain.mining;

import java.nio.ByteBuffer;
import java.util.OptionalLong;

import org.cheesecoin.chain.cheese.CheeseHeader;
import org.cheesecoin.chain.crypto.Hash256;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Hashes one header with as many nonces at once as a vector register has lanes, and looks only at the first four bytes
 * of each hash; what may be one is hashed again by {@link HeaderHasher}. All that does not depend on the nonce's lower
 * half is computed once for 2^32 nonces: the first block, six rounds and five words of the second.
 *
 * <p>Needs {@code --add-modules jdk.incubator.vector}: load it only where that module is there.
 */
final class LaneHasher {

    private static final VectorSpecies<Integer> SPECIES = IntVector.SPECIES_PREFERRED;

    /** How many nonces at once. */
    static final int LANES = SPECIES.length();

    /** With fewer lanes the processor's SHA instructions, which the JDK's digest uses, are as fast. */
    private static final int LEAST_LANES = 16;

    private static final int LOW_NONCE_WORD = 6;
    private static final int FIRST_WORD_OF_NONCE = 21;
    private static final int[] K = Compression.roundConstants();

    private final HeaderHasher one;
    private final int[] words = new int[Compression.WORDS];
    private final int[] afterFirstBlock;
    private final int[] schedule = new int[Compression.ROUNDS * LANES];
    private int[] afterFixedRounds = new int[0];

    LaneHasher(byte[] header, HeaderHasher one) {
        this.one = one;
        // The header, a one bit, zeros, and its length in bits, as the two blocks that they fill.
        ByteBuffer blocks = ByteBuffer.allocate(2 * Compression.WORDS * Integer.BYTES);
        blocks.put(header).put((byte) 0x80).putInt(blocks.capacity() - Integer.BYTES, CheeseHeader.BYTES * Byte.SIZE);
        blocks.rewind().asIntBuffer().get(words);
        afterFirstBlock = Compression.block(Compression.start(), words);
        blocks.position(words.length * Integer.BYTES).asIntBuffer().get(words);
    }

    /** Whether this processor has registers wide enough to gain from. */
    static boolean isWorthIt() {
        return LANES >= LEAST_LANES;
    }

    /** As {@link HeaderHasher#firstAtMost}, for whole multiples of {@link #LANES}. */
    OptionalLong firstAtMost(Hash256 bound, long firstNonce, long count) {
        int boundStart = ByteBuffer.wrap(bound.toBytes()).getInt();
        fixHighHalf(firstNonce);
        for (long tried = 0; tried < count; tried += LANES) {
            long nonce = firstNonce + tried;
            int low = (int) nonce;
            boolean mayHit;
            if (Integer.compareUnsigned(low, -LANES) > 0) {
                // The lower half overflows within these lanes.
                mayHit = true;
                fixHighHalf(nonce + LANES);
            } else {
                if (low == 0) {
                    fixHighHalf(nonce);
                }
                mayHit = firstWords(low).compare(VectorOperators.ULE, boundStart).anyTrue();
            }
            if (mayHit) {
                OptionalLong found = one.firstAtMost(bound, nonce, LANES);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return OptionalLong.empty();
    }

    private void fixHighHalf(long nonce) {
        words[LOW_NONCE_WORD - 1] = (int) (nonce >>> Integer.SIZE);
        int[] fixed = Compression.schedule(words);
        for (int t = 0; t < FIRST_WORD_OF_NONCE; t++) {
            IntVector.broadcast(SPECIES, fixed[t]).intoArray(schedule, t * LANES);
        }
        afterFixedRounds = Compression.rounds(afterFirstBlock, fixed, LOW_NONCE_WORD);
    }

    /** The first word of each lane's hash. Rolled loops on purpose: unrolled by hand, C2 gives up and boxes. */
    private IntVector firstWords(int lowNonce) {
        IntVector.broadcast(SPECIES, lowNonce).addIndex(1).intoArray(schedule, LOW_NONCE_WORD * LANES);
        for (int t = FIRST_WORD_OF_NONCE; t < Compression.ROUNDS; t++) {
            word(t - 16).add(lateMix(word(t - 2))).add(word(t - 7)).add(earlyMix(word(t - 15)))
                    .intoArray(schedule, t * LANES);
        }
        IntVector a = IntVector.broadcast(SPECIES, afterFixedRounds[0]);
        IntVector b = IntVector.broadcast(SPECIES, afterFixedRounds[1]);
        IntVector c = IntVector.broadcast(SPECIES, afterFixedRounds[2]);
        IntVector d = IntVector.broadcast(SPECIES, afterFixedRounds[3]);
        IntVector e = IntVector.broadcast(SPECIES, afterFixedRounds[4]);
        IntVector f = IntVector.broadcast(SPECIES, afterFixedRounds[5]);
        IntVector g = IntVector.broadcast(SPECIES, afterFixedRounds[6]);
        IntVector h = IntVector.broadcast(SPECIES, afterFixedRounds[7]);
        for (int t = LOW_NONCE_WORD; t < Compression.ROUNDS; t++) {
            IntVector first = h.add(rotations(e, 6, 11, 25)).add(choice(e, f, g)).add(K[t]).add(word(t));
            IntVector second = rotations(a, 2, 13, 22).add(majority(a, b, c));
            h = g;
            g = f;
            f = e;
            e = d.add(first);
            d = c;
            c = b;
            b = a;
            a = first.add(second);
        }
        return a.add(afterFirstBlock[0]);
    }

    private IntVector word(int t) {
        return IntVector.fromArray(SPECIES, schedule, t * LANES);
    }

    private static IntVector earlyMix(IntVector x) {
        return xor(xor(right(x, 7), right(x, 18)), x.lanewise(VectorOperators.LSHR, 3));
    }

    private static IntVector lateMix(IntVector x) {
        return xor(xor(right(x, 17), right(x, 19)), x.lanewise(VectorOperators.LSHR, 10));
    }

    private static IntVector rotations(IntVector x, int one, int two, int three) {
        return xor(xor(right(x, one), right(x, two)), right(x, three));
    }

    private static IntVector choice(IntVector e, IntVector f, IntVector g) {
        return xor(xor(f, g).and(e), g);
    }

    private static IntVector majority(IntVector a, IntVector b, IntVector c) {
        return a.and(b).or(a.or(b).and(c));
    }

    private static IntVector right(IntVector x, int bits) {
        return x.lanewise(VectorOperators.ROR, bits);
    }

    private static IntVector xor(IntVector one, IntVector other) {
        return one.lanewise(VectorOperators.XOR, other);
    }
}
