package org.cheesecoin.chain.wallet;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;

import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.modes.GCMModeCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.cheesecoin.chain.cheese.ByteReader;
import org.cheesecoin.chain.cheese.ByteWriter;
import org.cheesecoin.chain.cheese.MalformedException;
import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.Violation;

/**
 * A secret encrypted under a passphrase: the key by Argon2id (RFC 9106), the cipher AES-256-GCM (NIST SP 800-38D).
 *
 * <p>Encoding: version 1 (1 byte), memory in KiB (4), iterations (1), lanes (1), salt (16), nonce (12), length of the
 * ciphertext (2), ciphertext with the tag of 16 bytes. Everything before the ciphertext is authenticated, and so is
 * what the caller names as context.
 */
public final class SealedSecret {

    /** Length of the salt, in bytes. */
    public static final int SALT_BYTES = 16;

    /** Length of the nonce, in bytes; never use one twice with the same salt and passphrase. */
    public static final int NONCE_BYTES = 12;

    /** Longest secret, in bytes. */
    public static final int MAX_SECRET_BYTES = 4_096;

    private static final int VERSION = 1;
    private static final int KEY_BYTES = 32;
    private static final int TAG_BYTES = 16;
    private static final int HEAD_BYTES = 7 + SALT_BYTES + NONCE_BYTES;

    /**
     * What a guess at the passphrase costs. The limits keep an altered file from taking all of the memory.
     *
     * @param memoryKib 8 for each lane to 65,536
     * @param iterations 1 to 16
     * @param lanes 1 to 4
     */
    public record Cost(int memoryKib, int iterations, int lanes) {

        /** OWASP's least for Argon2id, 19 MiB and two passes: it must fit into a member's heap of 96 MB. */
        public static final Cost DEFAULT = new Cost(19_456, 2, 1);

        private static final int MAX_MEMORY_KIB = 65_536;
        private static final int MAX_ITERATIONS = 16;
        private static final int MAX_LANES = 4;

        /** Checks the ranges (ENC-VALUE). */
        public Cost {
            if (lanes < 1
                    || lanes > MAX_LANES
                    || iterations < 1
                    || iterations > MAX_ITERATIONS
                    || memoryKib < 8 * lanes
                    || memoryKib > MAX_MEMORY_KIB) {
                throw new MalformedException(Violation.of(Rule.ENC_VALUE)
                        .with("memoryKib", memoryKib)
                        .with("iterations", iterations)
                        .with("lanes", lanes));
            }
        }
    }

    private final Cost cost;
    private final byte[] salt;
    private final byte[] nonce;
    private final byte[] ciphertext;

    private SealedSecret(Cost cost, byte[] salt, byte[] nonce, byte[] ciphertext) {
        this.cost = cost;
        this.salt = salt;
        this.nonce = nonce;
        this.ciphertext = ciphertext;
    }

    /**
     * Encrypts.
     *
     * @param secret at most 4,096 bytes
     * @param context what it is and whose, as the network id; opening needs the same
     * @param salt 16 fresh random bytes
     * @param nonce 12 fresh random bytes
     * @throws IllegalArgumentException if a length is another
     */
    public static SealedSecret seal(
            byte[] secret, String passphrase, byte[] context, byte[] salt, byte[] nonce, Cost cost) {
        if (secret.length > MAX_SECRET_BYTES || salt.length != SALT_BYTES || nonce.length != NONCE_BYTES) {
            throw new IllegalArgumentException("secret, salt and nonce have at most 4,096, 16 and 12 bytes");
        }
        byte[] head = head(cost, salt, nonce, secret.length + TAG_BYTES);
        GCMModeCipher cipher = cipher(true, key(passphrase, salt, cost), nonce, head, context);
        try {
            return new SealedSecret(cost, salt.clone(), nonce.clone(), run(cipher, secret));
        } catch (InvalidCipherTextException e) {
            throw new IllegalStateException("encryption checks nothing", e);
        }
    }

    /** Decodes the stored form; whether it is whole is only seen when it is opened. */
    public static Outcome<SealedSecret> decode(byte[] encoded) {
        return ByteReader.decode(encoded, SealedSecret::read);
    }

    private static SealedSecret read(ByteReader reader) {
        int version = reader.u8();
        if (version != VERSION) {
            throw new MalformedException(Violation.of(Rule.ENC_VERSION).with("sealedSecretVersion", version));
        }
        Cost cost = new Cost(reader.u31("memoryKib"), reader.u8(), reader.u8());
        byte[] salt = reader.raw(SALT_BYTES);
        byte[] nonce = reader.raw(NONCE_BYTES);
        int length = reader.count("ciphertext", reader.u16(), MAX_SECRET_BYTES + TAG_BYTES, 1);
        if (length < TAG_BYTES) {
            throw new MalformedException(Violation.of(Rule.ENC_VALUE).with("ciphertextBytes", length));
        }
        return new SealedSecret(cost, salt, nonce, reader.raw(length));
    }

    /** The stored form, in a new array. */
    public byte[] toBytes() {
        return new ByteWriter(HEAD_BYTES + 2 + ciphertext.length)
                .raw(head(cost, salt, nonce, ciphertext.length))
                .raw(ciphertext)
                .toBytes();
    }

    /** What a guess costs: when it is less than {@link Cost#DEFAULT}, seal again. */
    public Cost cost() {
        return cost;
    }

    /**
     * Decrypts.
     *
     * @return the secret, or WLT-PASSPHRASE if passphrase, context or a byte is another
     */
    public Outcome<byte[]> open(String passphrase, byte[] context) {
        byte[] head = head(cost, salt, nonce, ciphertext.length);
        GCMModeCipher cipher = cipher(false, key(passphrase, salt, cost), nonce, head, context);
        try {
            return Outcome.passed(run(cipher, ciphertext));
        } catch (InvalidCipherTextException e) {
            return Outcome.refused(Violation.of(Rule.WLT_PASSPHRASE));
        }
    }

    private static byte[] head(Cost cost, byte[] salt, byte[] nonce, int ciphertextBytes) {
        return new ByteWriter(HEAD_BYTES + 2)
                .u8(VERSION)
                .u32(cost.memoryKib())
                .u8(cost.iterations())
                .u8(cost.lanes())
                .raw(salt)
                .raw(nonce)
                .u16(ciphertextBytes)
                .toBytes();
    }

    private static byte[] key(String passphrase, byte[] salt, Cost cost) {
        // One passphrase has one form, whatever keyboard it was typed on.
        byte[] normal = Normalizer.normalize(passphrase, Normalizer.Form.NFKC).getBytes(StandardCharsets.UTF_8);
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(cost.memoryKib())
                .withIterations(cost.iterations())
                .withParallelism(cost.lanes())
                .withSalt(salt)
                .build());
        byte[] key = new byte[KEY_BYTES];
        generator.generateBytes(normal, key);
        Arrays.fill(normal, (byte) 0);
        return key;
    }

    private static GCMModeCipher cipher(boolean encrypt, byte[] key, byte[] nonce, byte[] head, byte[] context) {
        // The head has a fixed length, so that head and context cannot be shifted into each other.
        byte[] authenticated = new ByteWriter(head.length + context.length).raw(head).raw(context).toBytes();
        GCMModeCipher cipher = GCMBlockCipher.newInstance(AESEngine.newInstance());
        cipher.init(encrypt, new AEADParameters(new KeyParameter(key), 8 * TAG_BYTES, nonce, authenticated));
        return cipher;
    }

    private static byte[] run(GCMModeCipher cipher, byte[] input) throws InvalidCipherTextException {
        byte[] output = new byte[cipher.getOutputSize(input.length)];
        int length = cipher.processBytes(input, 0, input.length, output, 0);
        length += cipher.doFinal(output, length);
        return length == output.length ? output : Arrays.copyOf(output, length);
    }

    @Override
    public String toString() {
        return "SealedSecret[" + ciphertext.length + " bytes]";
    }
}
