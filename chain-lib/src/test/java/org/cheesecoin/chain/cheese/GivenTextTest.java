package org.cheesecoin.chain.cheese;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class GivenTextTest {

    @ParameterizedTest
    @ValueSource(strings = {"a b", " a b ", "\uFEFFa b", "a b\r\n", "\t\u00A0a b\u200B\u2003\n\n", "\uFEFF a b\uFEFF"})
    void whatIsSeenOfATextIsTheText(String text) {
        assertThat(GivenText.strip(text)).isEqualTo("a b");
    }

    @Test
    void nothingIsLeftOfBlanks() {
        assertThat(GivenText.strip("")).isEmpty();
        assertThat(GivenText.strip("\uFEFF \n")).isEmpty();
    }
}
