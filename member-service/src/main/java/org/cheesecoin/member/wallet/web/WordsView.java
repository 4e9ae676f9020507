package org.cheesecoin.member.wallet.web;

import java.util.List;

import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;

/** The answer to {@code POST /wallet/words}. */
@Schema(name = "RecoveryWords", description = "Who has them has the money. Write them on paper.")
record WordsView(@ArraySchema(schema = @Schema(example = "zebra"),
        arraySchema = @Schema(description = "In this order (BIP-39, English)")) List<String> words) {

    /** Never the words. */
    @Override
    public String toString() {
        return "WordsView[hidden]";
    }
}
