package org.cheesecoin.member.wallet.web;

import java.util.Optional;

import io.swagger.v3.oas.annotations.media.Schema;

/** The body of {@code POST /wallet/payments/{txid}/bump}. */
@Schema(name = "FeeBump")
record BumpBody(
        @Schema(description = "The new fee for each byte, in crumbs; left out: what the next cheese takes, and at "
                + "least what a replacement must pay", implementation = Integer.class, minimum = "1",
                maximum = "10000", example = "20",
                requiredMode = Schema.RequiredMode.NOT_REQUIRED) Optional<Long> feeRate) {}
