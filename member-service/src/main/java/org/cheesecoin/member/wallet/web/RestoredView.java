package org.cheesecoin.member.wallet.web;

import org.cheesecoin.member.web.Examples;

import io.swagger.v3.oas.annotations.media.Schema;

/** The answer to {@code POST /wallet/restore}. */
@Schema(name = "Restored")
record RestoredView(
        @Schema(description = "The first address of the wallet; mining pays to it",
                example = Examples.ADDRESS) String address) {}
