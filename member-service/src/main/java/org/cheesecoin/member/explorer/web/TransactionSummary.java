package org.cheesecoin.member.explorer.web;

import java.util.Optional;

import org.cheesecoin.chain.cheese.Amount;
import org.cheesecoin.chain.cheese.Transaction;
import org.cheesecoin.member.explorer.PendingByAddress;
import org.cheesecoin.member.explorer.SeenTransaction;
import org.cheesecoin.member.persistence.AddressReader;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.swagger.v3.oas.annotations.media.Schema;

/** A line of a list of transactions. */
@Schema(name = "TransactionSummary")
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record TransactionSummary(
        String txid,
        @Schema(allowableValues = {
                "pending", "confirmed"}) String state,
        int confirmations,
        @Schema(description = "Of its cheese") Optional<Integer> height,
        @Schema(description = "While pending: when it came") Optional<Long> arrivedMillis,
        @Schema(description = "The sum of its outputs; left out where an address was asked for") Optional<
                Long> amountCrumbs,
        @Schema(description = "While pending: what it pays the miner") Optional<Long> feeCrumbs,
        @Schema(description = "Where an address was asked for: what it gives the address") Optional<
                Long> creditedCrumbs,
        @Schema(description = "Where an address was asked for: what it takes from it") Optional<Long> debitedCrumbs){

    static TransactionSummary of(SeenTransaction seen) {
        Transaction transaction = seen.transaction();
        Optional<Long> amount = Optional.of(transaction.outputSum().crumbs());
        Optional<Long> fee = seen.fee().map(Amount::crumbs);
        String txid = transaction.txid().toHex();
        String state = TransactionView.state(seen);
        return switch (seen) {
            case SeenTransaction.Pending pending -> new TransactionSummary(txid, state, 0, Optional.empty(),
                    Optional.of(pending.arrivedMillis()), amount, fee, Optional.empty(), Optional.empty());
            case SeenTransaction.Confirmed confirmed -> new TransactionSummary(txid, state,
                    confirmed.cheese().confirmations(),
                    Optional.of(confirmed.cheese().stored().header().height()), Optional.empty(), amount, fee,
                    Optional.empty(), Optional.empty());
            case SeenTransaction.Left _ -> throw new IllegalArgumentException("no list has what left: " + txid);
        };
    }

    static TransactionSummary of(PendingByAddress.Line line) {
        return new TransactionSummary(line.txid().toHex(), "pending", 0, Optional.empty(),
                Optional.of(line.arrivedMillis()), Optional.empty(), Optional.of(line.fee().crumbs()),
                Optional.of(line.sums().inCrumbs()), Optional.of(line.sums().outCrumbs()));
    }

    static TransactionSummary of(AddressReader.Entry entry, int indexedHeight) {
        return new TransactionSummary(entry.txid().toHex(), "confirmed", indexedHeight - entry.height() + 1,
                Optional.of(entry.height()), Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.of(entry.creditedCrumbs()), Optional.of(entry.debitedCrumbs()));
    }
}
