package org.cheesecoin.chain.wallet;

import java.text.Normalizer;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.cheesecoin.chain.cheese.GivenText;
import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.Violation;

import fr.acinq.bitcoin.MnemonicCode;

/**
 * The recovery words of a wallet (BIP-39, English): 12, 15, 18, 21 or 24. They are all that is needed to have every key
 * again, so neither the text form nor a refusal ever shows a word.
 */
public final class Mnemonic {

    /** Fewest bytes of entropy: 12 words. */
    public static final int MIN_ENTROPY_BYTES = 16;

    /** Most bytes of entropy: 24 words. */
    public static final int MAX_ENTROPY_BYTES = 32;

    /** Fewest words. */
    public static final int MIN_WORDS = 12;

    /** Most words. */
    public static final int MAX_WORDS = 24;

    /** Longest text that is looked at, in characters; the longest word has eight. */
    public static final int MAX_TEXT_CHARS = 1_000;

    // Membership only; nothing iterates it.
    private static final Set<String> WORD_LIST = new HashSet<>(MnemonicCode.INSTANCE.getEnglishWordlist());

    private final List<String> words;

    private Mnemonic(List<String> words) {
        this.words = List.copyOf(words);
    }

    /**
     * The words for these random bytes.
     *
     * @param entropy 16, 20, 24, 28 or 32 bytes
     * @throws IllegalArgumentException if the length is another
     */
    public static Mnemonic ofEntropy(byte[] entropy) {
        if (entropy.length < MIN_ENTROPY_BYTES || entropy.length > MAX_ENTROPY_BYTES || entropy.length % 4 != 0) {
            throw new IllegalArgumentException("entropy has 16, 20, 24, 28 or 32 bytes, not " + entropy.length);
        }
        return new Mnemonic(MnemonicCode.toMnemonics(entropy));
    }

    /**
     * Reads words as a person typed them: any case, on one line or many, any white space between and around them.
     *
     * @return the words, or WLT-WORDS with what is wrong and, for an unknown word, its position counted from 1
     */
    public static Outcome<Mnemonic> parse(String text) {
        if (text.length() > MAX_TEXT_CHARS) {
            return refused(Violation.of(Rule.WLT_WORDS).with("reason", "the text is too long"));
        }
        String tidy = GivenText.strip(Normalizer.normalize(text, Normalizer.Form.NFKD)).toLowerCase(Locale.ROOT);
        List<String> words = tidy.isEmpty() ? List.of() : List.of(tidy.split("\\s+"));
        if (words.size() < MIN_WORDS || words.size() > MAX_WORDS || words.size() % 3 != 0) {
            return refused(Violation.of(Rule.WLT_WORDS)
                    .with("reason", "there are 12, 15, 18, 21 or 24 words")
                    .with("words", words.size()));
        }
        for (int i = 0; i < words.size(); i++) {
            if (!WORD_LIST.contains(words.get(i))) {
                return refused(Violation.of(Rule.WLT_WORDS)
                        .with("reason", "this word is not in the list")
                        .with("wordNumber", i + 1));
            }
        }
        try {
            MnemonicCode.validate(words, MnemonicCode.INSTANCE.getEnglishWordlist());
        } catch (IllegalArgumentException e) {
            return refused(Violation.of(Rule.WLT_WORDS)
                    .with("reason", "the checksum does not fit: a word is wrong or in another place"));
        }
        return Outcome.passed(new Mnemonic(words));
    }

    private static Outcome<Mnemonic> refused(Violation violation) {
        return Outcome.refused(violation);
    }

    /** The words, for the owner's eyes only. */
    public List<String> words() {
        return words;
    }

    /** The words with single spaces between them: what {@link #parse} reads and what is sealed. */
    public String toSecretText() {
        return String.join(" ", words);
    }

    /**
     * The 64 bytes that all keys come from.
     *
     * @param passphrase the "25th word" of BIP-39, empty for none; not the passphrase that the words are sealed under
     */
    public byte[] toSeed(String passphrase) {
        return MnemonicCode.toSeed(words, Normalizer.normalize(passphrase, Normalizer.Form.NFKD));
    }

    @Override
    public boolean equals(Object object) {
        return object instanceof Mnemonic other && words.equals(other.words);
    }

    @Override
    public int hashCode() {
        return words.hashCode();
    }

    @Override
    public String toString() {
        return "Mnemonic[" + words.size() + " hidden words]";
    }
}
