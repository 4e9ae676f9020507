package org.cheesecoin.member.wallet.web;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.cheesecoin.chain.cheese.Address;
import org.cheesecoin.member.wallet.NumberedEntry;
import org.cheesecoin.member.wallet.WalletEntry;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.swagger.v3.oas.annotations.media.Schema;

/** A transaction of the wallet's history. */
@Schema(name = "WalletTransaction")
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record TransactionView(
        @Schema(description = "Its name", example = Examples.TXID) String txid,
        @Schema(description = "What it was to the wallet", allowableValues = {
                "received", "sent", "mined", "self"},
                example = "sent") String kind,
        @Schema(description = "What became of it",
                allowableValues = {
                        "pending",
                        "confirmed",
                        "replaced",
                        "conflicted",
                        "evicted",
                        "invalid",
                        "reverted"},
                example = "confirmed") String state,
        @Schema(description = "Of its cheese, if it is confirmed", implementation = Integer.class, example = "41",
                requiredMode = Schema.RequiredMode.NOT_REQUIRED) Optional<Integer> height,
        @Schema(description = "How many cheeses hold it or stand on it; 0 where it is not confirmed",
                example = "2") int confirmations,
        @Schema(description = "When the wallet first saw it, in milliseconds since 1970",
                example = Examples.TIME) long timeMillis,
        @Schema(description = "What it gives the wallet less what it takes; negative where the wallet paid",
                example = "-50000226") long amountCrumbs,
        @Schema(description = "What it gives the wallet, change included", example = "49999774") long creditedCrumbs,
        @Schema(description = "What it takes from the wallet, change included",
                example = "100000000") long debitedCrumbs,
        @Schema(description = "What the miner gets, if the wallet paid it", implementation = Long.class,
                example = "226", requiredMode = Schema.RequiredMode.NOT_REQUIRED) Optional<Long> feeCrumbs,
        @Schema(description = "Who was paid, or who paid; of many the first ten") List<String> counterparties){

    static TransactionView of(NumberedEntry numbered) {
        WalletEntry entry = numbered.entry();
        return new TransactionView(
                entry.txid().toHex(),
                entry.kind().name().toLowerCase(Locale.ROOT),
                entry.state().name().toLowerCase(Locale.ROOT),
                entry.height().stream().boxed().findFirst(),
                numbered.confirmations(),
                entry.firstSeenMillis(),
                entry.creditedCrumbs() - entry.debitedCrumbs(),
                entry.creditedCrumbs(),
                entry.debitedCrumbs(),
                entry.feeCrumbs().stream().boxed().findFirst(),
                entry.counterparties().stream().map(Address::toString).toList());
    }
}
