package org.cheesecoin.chain.mining;

/**
 * The inside of SHA-256 (FIPS 180-4, 6.2.2), which the JDK's digest does not show: its state between two blocks, and
 * between two rounds.
 */
final class Compression {

    static final int ROUNDS = 64;
    static final int WORDS = 16;

    private static final int[] K = {
            0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
            0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
            0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
            0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
            0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
            0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
            0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
            0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2
    };

    private static final int[] START = {
            0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19
    };

    private Compression() {}

    static int[] roundConstants() {
        return K.clone();
    }

    /** The state before the first block. */
    static int[] start() {
        return START.clone();
    }

    /** The state after one whole block. */
    static int[] block(int[] before, int[] words) {
        int[] state = rounds(before, schedule(words), ROUNDS);
        for (int i = 0; i < state.length; i++) {
            state[i] += before[i];
        }
        return state;
    }

    /** The 64 words that follow from the 16 of a block. */
    static int[] schedule(int[] words) {
        int[] schedule = new int[ROUNDS];
        System.arraycopy(words, 0, schedule, 0, WORDS);
        for (int t = WORDS; t < ROUNDS; t++) {
            int early = schedule[t - 15];
            int late = schedule[t - 2];
            schedule[t] = schedule[t - 16] + schedule[t - 7]
                    + (Integer.rotateRight(early, 7) ^ Integer.rotateRight(early, 18) ^ early >>> 3)
                    + (Integer.rotateRight(late, 17) ^ Integer.rotateRight(late, 19) ^ late >>> 10);
        }
        return schedule;
    }

    /** The working variables a to h after the first rounds. */
    static int[] rounds(int[] before, int[] schedule, int rounds) {
        int[] v = before.clone();
        for (int t = 0; t < rounds; t++) {
            int a = v[0];
            int e = v[4];
            int first = v[7] + K[t] + schedule[t]
                    + (Integer.rotateRight(e, 6) ^ Integer.rotateRight(e, 11) ^ Integer.rotateRight(e, 25))
                    + (e & v[5] ^ ~e & v[6]);
            int second = (Integer.rotateRight(a, 2) ^ Integer.rotateRight(a, 13) ^ Integer.rotateRight(a, 22))
                    + (a & v[1] ^ a & v[2] ^ v[1] & v[2]);
            System.arraycopy(v, 0, v, 1, 7);
            v[4] += first;
            v[0] = first + second;
        }
        return v;
    }
}
