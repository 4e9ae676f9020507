package org.cheesecoin.member.explorer.web;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

import org.cheesecoin.chain.cheese.Amount;
import org.cheesecoin.chain.cheese.Coinbase;
import org.cheesecoin.chain.cheese.OutPoint;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.Transaction;
import org.cheesecoin.chain.cheese.TransactionOutput;
import org.cheesecoin.chain.cheese.Txid;
import org.cheesecoin.chain.consensus.Coin;
import org.cheesecoin.member.explorer.SeenTransaction;
import org.cheesecoin.member.explorer.SeenTransaction.Fate;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.swagger.v3.oas.annotations.media.Schema;

/** A transaction with its inputs and outputs. */
@Schema(name = "Transaction")
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record TransactionView(
        String txid,
        @Schema(description = "Hash of the whole encoding, witnesses included") String fullId,
        @Schema(allowableValues = {
                "pending", "confirmed", "replaced", "conflicted", "evicted", "invalid"}) String state,
        @Schema(allowableValues = {"coinbase", "payment"}) String kind,
        @Schema(description = "Cheeses from its own up; 0 unless confirmed") int confirmations,
        @Schema(description = "Of its cheese") Optional<String> smell,
        @Schema(description = "Of its cheese") Optional<Integer> height,
        @Schema(description = "Place in its cheese") Optional<Integer> position,
        @Schema(description = "Of its cheese, milliseconds since 1970") Optional<Long> timeMillis,
        @Schema(description = "While pending: when it came") Optional<Long> arrivedMillis,
        @Schema(description = "Neither pending nor confirmed any more: why, for people") Optional<String> reason,
        @Schema(description = "Neither pending nor confirmed any more: since when") Optional<Long> leftMillis,
        @Schema(description = "Of a replaced one: what took its place") Optional<String> replacedBy,
        @Schema(description = "Of a conflicted one: the payment that spends the same coin, where it is known, or a coin "
                + "that this one builds on") Optional<String> conflictsWith,
        @Schema(description = "What it pays the miner; left out for a coinbase, and where it is not known here") Optional<
                Long> feeCrumbs,
        @Schema(description = "The sum of its outputs") long amountCrumbs,
        int sizeBytes,
        @Schema(description = "Of a coinbase: the miner's words") Optional<String> text,
        List<Input> inputs,
        List<Output> outputs){

    /** What it spends. */
    @Schema(name = "TransactionInput")
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record Input(
            @Schema(description = "The transaction that made it") String txid,
            @Schema(description = "Which of its outputs") int index,
            @Schema(description = "Left out where it is not known here") Optional<Long> amountCrumbs,
            @Schema(description = "Left out where it is not known here") Optional<String> address) {

        static Input of(OutPoint outPoint, Optional<Coin> coin) {
            return new Input(outPoint.txid().toHex(), outPoint.index(), coin.map(it -> it.amount().crumbs()),
                    coin.map(it -> it.address().toString()));
        }
    }

    /** What it makes. */
    @Schema(name = "TransactionOutput")
    record Output(int index, long amountCrumbs, String address) {

        static Output of(int index, TransactionOutput output) {
            return new Output(index, output.amount().crumbs(), output.address().toString());
        }
    }

    static String kind(Transaction transaction) {
        return switch (transaction) {
            case Payment _ -> "payment";
            case Coinbase _ -> "coinbase";
        };
    }

    static TransactionView of(SeenTransaction seen) {
        Transaction transaction = seen.transaction();
        Optional<SeenTransaction.Confirmed> place = as(SeenTransaction.Confirmed.class, seen);
        Optional<SeenTransaction.Left> left = as(SeenTransaction.Left.class, seen);
        Optional<String> rival = left.flatMap(SeenTransaction.Left::rival).map(Txid::toHex);
        List<TransactionOutput> outputs = transaction.outputs();
        return new TransactionView(
                transaction.txid().toHex(),
                transaction.fullId().toHex(),
                state(seen),
                kind(transaction),
                place.map(it -> it.cheese().confirmations()).orElse(0),
                place.map(it -> it.cheese().stored().header().smell().toHex()),
                place.map(it -> it.cheese().stored().header().height()),
                place.map(SeenTransaction.Confirmed::position),
                place.map(it -> it.cheese().stored().header().header().timeMillis()),
                as(SeenTransaction.Pending.class, seen).map(SeenTransaction.Pending::arrivedMillis),
                left.map(SeenTransaction.Left::reason),
                left.map(SeenTransaction.Left::leftMillis),
                rival.filter(_ -> left.map(SeenTransaction.Left::fate).equals(Optional.of(Fate.REPLACED))),
                rival.filter(_ -> left.map(SeenTransaction.Left::fate).equals(Optional.of(Fate.CONFLICTED))),
                seen.fee().map(Amount::crumbs),
                transaction.outputSum().crumbs(),
                transaction.sizeBytes(),
                text(transaction),
                inputs(transaction, seen.spent()),
                IntStream.range(0, outputs.size()).mapToObj(it -> Output.of(it, outputs.get(it))).toList());
    }

    static String state(SeenTransaction seen) {
        return switch (seen) {
            case SeenTransaction.Pending _ -> "pending";
            case SeenTransaction.Confirmed _ -> "confirmed";
            case SeenTransaction.Left left -> left.fate().name().toLowerCase(Locale.ROOT);
        };
    }

    private static <T extends SeenTransaction> Optional<T> as(Class<T> kind, SeenTransaction seen) {
        return Optional.of(seen).filter(kind::isInstance).map(kind::cast);
    }

    private static Optional<String> text(Transaction transaction) {
        return switch (transaction) {
            case Payment _ -> Optional.empty();
            case Coinbase coinbase -> Optional.of(coinbase.textForPeople());
        };
    }

    private static List<Input> inputs(Transaction transaction, List<Optional<Coin>> spent) {
        return switch (transaction) {
            case Coinbase _ -> List.of();
            case Payment payment -> IntStream.range(0, payment.inputs().size())
                    .mapToObj(it -> Input.of(payment.inputs().get(it),
                            it < spent.size() ? spent.get(it) : Optional.empty()))
                    .toList();
        };
    }
}
