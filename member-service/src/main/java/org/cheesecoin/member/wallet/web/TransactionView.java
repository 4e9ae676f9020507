package org.cheesecoin.member.wallet.web;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.cheesecoin.chain.cheese.Address;
import org.cheesecoin.chain.cheese.Txid;
import org.cheesecoin.member.wallet.NumberedEntry;
import org.cheesecoin.member.wallet.Reason;
import org.cheesecoin.member.wallet.WalletEntry;
import org.cheesecoin.member.web.Examples;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.swagger.v3.oas.annotations.media.ArraySchema;
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
        @Schema(description = "Of its cheese, if it is confirmed", example = "41") Optional<Integer> height,
        @Schema(description = "How many cheeses hold it or stand on it; 0 where it is not confirmed",
                example = "2") int confirmations,
        @Schema(description = "When the wallet first saw it, in milliseconds since 1970",
                example = Examples.TIME) long timeMillis,
        @Schema(description = "What it gives the wallet less what it takes; negative where the wallet paid",
                example = "-50000226") long amountCrumbs,
        @Schema(description = "What it gives the wallet, change included", example = "49999774") long creditedCrumbs,
        @Schema(description = "What it takes from the wallet, change included",
                example = "100000000") long debitedCrumbs,
        @Schema(description = "What the miner gets, if the wallet paid it",
                example = "226") Optional<Long> feeCrumbs,
        @ArraySchema(schema = @Schema(example = Examples.ADDRESS), arraySchema = @Schema(
                description = "Who was paid, or who paid; of many the first ten")) List<String> counterparties,
        @Schema(description = "Which payment took its place, where one did",
                example = Examples.TXID) Optional<String> replacedBy,
        @Schema(description = "Why it is not confirmed; only where one transaction is asked for") Optional<
                List<ReasonView>> why){

    /** A reason. */
    @Schema(name = "WhyUnconfirmed")
    record ReasonView(
            @Schema(description = "For programs", allowableValues = {
                    "next-cheese", "checking", "fee-too-low", "ancestors-unconfirmed", "no-cheese", "replaced",
                    "conflicted", "evicted", "invalid", "reverted"}, example = "next-cheese") String code,
            @Schema(description = "For people", example = "As things stand, the next cheese holds it") String text){

        static ReasonView of(Reason reason) {
            return new ReasonView(reason.code().name().toLowerCase(Locale.ROOT).replace('_', '-'), reason.text());
        }
    }

    static TransactionView of(NumberedEntry numbered) {
        return of(numbered, Optional.empty());
    }

    static TransactionView of(NumberedEntry numbered, List<Reason> reasons) {
        return of(numbered, reasons.isEmpty()
                ? Optional.empty()
                : Optional.of(reasons.stream().map(ReasonView::of).toList()));
    }

    private static TransactionView of(NumberedEntry numbered, Optional<List<ReasonView>> why) {
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
                entry.counterparties().stream().map(Address::toString).toList(),
                entry.other().map(Txid::toHex),
                why);
    }
}
