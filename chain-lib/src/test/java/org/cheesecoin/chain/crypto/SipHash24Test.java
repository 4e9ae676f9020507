package org.cheesecoin.chain.crypto;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SipHash24Test {

    private static final long K0 = 0x0706050403020100L;
    private static final long K1 = 0x0f0e0d0c0b0a0908L;

    @Test
    void givesTheAnswersOfThePaper() {
        // Appendix A of the paper for 15 bytes, the others from the authors' reference implementation.
        assertThat(SipHash24.hash(K0, K1, counting(15))).isEqualTo(0xa129ca6149be45e5L);
        assertThat(SipHash24.hash(K0, K1, counting(0))).isEqualTo(0x726fdb47dd0e0e31L);
        assertThat(SipHash24.hash(K0, K1, counting(8))).isEqualTo(0x93f5f5799a932462L);
    }

    private static byte[] counting(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) i;
        }
        return bytes;
    }
}
