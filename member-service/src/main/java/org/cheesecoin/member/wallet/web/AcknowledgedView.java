package org.cheesecoin.member.wallet.web;

import org.cheesecoin.member.web.Examples;

import io.swagger.v3.oas.annotations.media.Schema;

/** The answer to {@code POST /wallet/words/acknowledge}. */
@Schema(name = "WordsAcknowledged")
record AcknowledgedView(
        @Schema(description = "When, in milliseconds since 1970", example = Examples.TIME) long acknowledgedMillis) {}
