package org.cheesecoin.chain.wallet;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.Violation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MnemonicTest {

    private static final Mnemonic WORDS = Mnemonic.ofEntropy(new byte[]{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14,
            15, 16});

    @Test
    void readsWhatAPersonTyped() {
        String typed = "  " + WORDS.toSecretText().toUpperCase(Locale.ROOT).replace(" ", "\n\t ") + " ";
        assertThat(Mnemonic.parse(typed).orElseThrow()).isEqualTo(WORDS);
    }

    @Test
    void saysWhichWordIsUnknownWithoutSayingIt() {
        List<String> words = new ArrayList<>(WORDS.words());
        words.set(4, "gouda");
        Violation violation = refusal(String.join(" ", words));
        assertThat(violation.values()).containsEntry("wordNumber", "5");
        assertThat(violation.message()).doesNotContain("gouda").doesNotContain(words.getFirst());
    }

    @Test
    void refusesWordsInAnotherOrder() {
        List<String> words = new ArrayList<>(WORDS.words());
        Collections.swap(words, 0, 11);
        assertThat(refusal(String.join(" ", words)).message()).contains("checksum").doesNotContain(words.getFirst());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "abandon", "abandon abandon abandon abandon abandon abandon abandon abandon "
            + "abandon abandon abandon abandon abandon"})
    void refusesAnotherNumberOfWords(String text) {
        assertThat(refusal(text).values()).containsKey("words");
    }

    @Test
    void refusesATextThatIsTooLong() {
        assertThat(refusal("abandon ".repeat(1_000_000)).values()).containsEntry("reason", "the text is too long");
    }

    @Test
    void everyLengthOfEntropyComesBack() {
        for (int bytes = 16; bytes <= 32; bytes += 4) {
            Mnemonic words = Mnemonic.ofEntropy(new byte[bytes]);
            assertThat(words.words()).hasSize(bytes * 3 / 4);
            assertThat(Mnemonic.parse(words.toSecretText()).orElseThrow()).isEqualTo(words);
        }
        assertThatThrownBy(() -> Mnemonic.ofEntropy(new byte[17])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void neverShowsAWord() {
        assertThat(WORDS.toString()).isEqualTo("Mnemonic[12 hidden words]");
    }

    private static Violation refusal(String text) {
        Outcome<Mnemonic> outcome = Mnemonic.parse(text);
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        Violation violation = ((Outcome.Refused<Mnemonic>) outcome).violation();
        assertThat(violation.rule()).isEqualTo(Rule.WLT_WORDS);
        return violation;
    }
}
