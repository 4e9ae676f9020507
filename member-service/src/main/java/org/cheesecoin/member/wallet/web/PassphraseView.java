package org.cheesecoin.member.wallet.web;

import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.swagger.v3.oas.annotations.media.Schema;

/** The answer to {@code PUT /wallet/passphrase}. */
@Schema(name = "PassphraseChanged")
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record PassphraseView(
        @Schema(description = "What the owner must set to the new passphrase before the next start; left out where the "
                + "member keeps it itself in wallet.passphrase",
                example = "cheesecoin.wallet.passphrase") Optional<String> setBeforeNextStart) {}
