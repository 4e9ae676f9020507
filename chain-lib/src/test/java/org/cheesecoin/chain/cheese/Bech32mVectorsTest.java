package org.cheesecoin.chain.cheese;

import java.nio.file.Path;

import org.cheesecoin.chain.testing.VectorsFolder;
import org.junit.jupiter.api.Test;

import fr.acinq.bitcoin.Bech32;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** BIP-350's strings. None is an address of ours, so what they try is the reader under {@link Address}. */
class Bech32mVectorsTest {

    @Test
    void readsWhatIsValidAndNothingElse() {
        for (Path file : VectorsFolder.files("", "bech32m*.json")) {
            JsonNode vectors = VectorsFolder.json(file);
            assertThat(vectors.get("valid")).isNotEmpty().allSatisfy(text -> {
                assertThat(isBech32m(text.stringValue())).as("valid: %s", text).isTrue();
                assertThat(Address.parse(text.stringValue())).isInstanceOf(Outcome.Refused.class);
            });
            assertThat(vectors.get("invalid")).isNotEmpty().allSatisfy(vector -> {
                String text = vector.get("string").stringValue();
                assertThat(isBech32m(text)).as("invalid: %s", vector).isFalse();
                assertThat(Address.parse(text)).isInstanceOf(Outcome.Refused.class);
            });
        }
    }

    private static boolean isBech32m(String text) {
        try {
            return Bech32.decode(text, false).getThird() == Bech32.Encoding.Bech32m;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
