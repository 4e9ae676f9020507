package org.cheesecoin.member.wallet.web;

import io.swagger.v3.oas.annotations.media.Schema;

/** The body of {@code POST /wallet/restore}. */
@Schema(name = "RestoreOrder")
record RestoreBody(
        @Schema(description = "12 to 24 words (BIP-39, English) with spaces between them", maxLength = 1_000,
                example = "legal winner thank year wave sausage worth useful legal winner thank yellow") String words) {

    /** Never the words. */
    @Override
    public String toString() {
        return "RestoreBody[hidden]";
    }
}
