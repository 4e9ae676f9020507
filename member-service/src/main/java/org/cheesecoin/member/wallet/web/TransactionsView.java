package org.cheesecoin.member.wallet.web;

import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.swagger.v3.oas.annotations.media.Schema;

/** The answer to {@code GET /wallet/transactions}. */
@Schema(name = "WalletTransactions")
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record TransactionsView(
        @Schema(description = "Newest first, as the wallet saw them") List<TransactionView> transactions,
        @Schema(description = "For the next, older part; left out at the end", implementation = String.class,
                example = "17", requiredMode = Schema.RequiredMode.NOT_REQUIRED) Optional<String> nextCursor) {}
