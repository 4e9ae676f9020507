package org.cheesecoin.chain.crypto;

/** Where signature schemes come from. */
public final class SignatureSchemes {

    private static final SignatureScheme BOUNCY_CASTLE = new BouncyCastleScheme();

    private SignatureSchemes() {}

    /**
     * A scheme, and why it was taken.
     *
     * @param scheme what to use
     * @param reason one sentence for the start log
     */
    public record Choice(SignatureScheme scheme, String reason) {}

    /** The scheme in plain Java. */
    public static SignatureScheme bouncyCastle() {
        return BOUNCY_CASTLE;
    }

    /** libsecp256k1 where its native library loads and answers, Bouncy Castle elsewhere. The choice is made once. */
    public static Choice fastest() {
        return Fastest.CHOICE;
    }

    /** Loads the native library at first use. */
    private static final class Fastest {

        private static final Choice CHOICE = choose();

        private static Choice choose() {
            try {
                SignatureScheme scheme = new LibSecp256k1Scheme();
                // It loads at its first call; one that is broken shall show now and not in the first cheese.
                PrivateKey key = PrivateKey.of(Sha256.hash().toBytes());
                if (!scheme.publicKey(key).equals(BOUNCY_CASTLE.publicKey(key))) {
                    throw new IllegalStateException("libsecp256k1 gives a wrong public key");
                }
                return new Choice(scheme, "the native library of " + scheme.name() + " is loaded");
            } catch (Throwable e) {
                // Throwable: a library that does not load is an Error, as where the temporary folder is mounted noexec.
                return new Choice(
                        BOUNCY_CASTLE,
                        BOUNCY_CASTLE.name() + ", four times slower, since libsecp256k1 does not load: " + deepest(e));
            }
        }

        private static Throwable deepest(Throwable thrown) {
            Throwable cause = thrown.getCause();
            return cause == null ? thrown : deepest(cause);
        }
    }
}
