package org.cheesecoin.member.wallet.web;

import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

import org.cheesecoin.chain.cheese.GivenText;
import org.cheesecoin.chain.wallet.Mnemonic;
import org.cheesecoin.web.Refusal;

import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;

/** The body of {@code POST /wallet/words/acknowledge}. */
@Schema(name = "WordsGivenBack", example = """
        {"words": [{"position": 3, "word": "thank"}, {"position": 7, "word": "worth"},
        {"position": 12, "word": "yellow"}]}""")
record GivenBackBody(
        @ArraySchema(minItems = 3, maxItems = Mnemonic.MAX_WORDS, arraySchema = @Schema(
                description = "Three or more of the words")) List<Word> words) {

    /** A word with its place. */
    @Schema(name = "WordGivenBack")
    record Word(
            @Schema(description = "Counted from 1", minimum = "1", maximum = "24", example = "3") int position,
            @Schema(description = "The word", maxLength = 20, example = "zebra") String word) {

        /** Never the word. */
        @Override
        public String toString() {
            return "Word[" + position + " hidden]";
        }
    }

    /** By position, checked. */
    SortedMap<Integer, String> byPosition() {
        SortedMap<Integer, String> byPosition = new TreeMap<>();
        if (words.size() > Mnemonic.MAX_WORDS) {
            throw Refusal.invalid("words", words.size() + " of them", "a list of at most " + Mnemonic.MAX_WORDS);
        }
        for (Word word : words) {
            if (word.position() < 1 || word.position() > Mnemonic.MAX_WORDS) {
                throw Refusal.invalid("position", word.position(), "from 1 to " + Mnemonic.MAX_WORDS);
            }
            byPosition.put(word.position(), GivenText.strip(word.word()).toLowerCase(Locale.ROOT));
        }
        return byPosition;
    }
}
