package org.cheesecoin.member.wallet.web;

import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.swagger.v3.oas.annotations.media.Schema;

/** The answer to {@code GET /wallet/addresses}. */
@Schema(name = "WalletAddresses")
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record AddressesView(
        @Schema(description = "In the order in which they were handed out; mining pays to the first") List<
                AddressView> addresses,
        @Schema(description = "For the next part; left out at the end", implementation = String.class, example = "20",
                requiredMode = Schema.RequiredMode.NOT_REQUIRED) Optional<String> nextCursor) {}
