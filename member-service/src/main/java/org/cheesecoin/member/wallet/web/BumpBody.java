package org.cheesecoin.member.wallet.web;

import java.util.Optional;

import org.cheesecoin.member.web.Examples;

import io.swagger.v3.oas.annotations.media.Schema;

/** The body of {@code POST /wallet/payments/{txid}/bump}. */
@Schema(name = "FeeBump")
record BumpBody(
        @Schema(description = "The new fee for each byte, in crumbs; left out: what the next cheese takes, and at "
                + "least what a replacement must pay", minimum = "1",
                maximum = Examples.MAX_FEE_RATE, example = "20") Optional<Long> feeRate) {}
