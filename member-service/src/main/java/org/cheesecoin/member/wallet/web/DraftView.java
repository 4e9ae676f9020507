package org.cheesecoin.member.wallet.web;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import org.cheesecoin.chain.cheese.Address;
import org.cheesecoin.chain.cheese.Amount;
import org.cheesecoin.chain.cheese.OutPoint;
import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.cheese.TransactionOutput;
import org.cheesecoin.chain.wallet.PaymentDraft;
import org.cheesecoin.member.web.Examples;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;

/** What every call on drafts answers: the draft to pass on, and what it does as this member sees it. */
@Schema(name = "DraftState")
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record DraftView(
        @Schema(description = "To pass on as it is") DraftDocument draft,
        @Schema(description = "The name that the payment will have", example = Examples.TXID) String txid,
        @Schema(description = "What it spends") List<InputView> inputs,
        @Schema(description = "What it makes") List<OutputView> outputs,
        @Schema(description = "What the miner gets, from the amounts of the transactions that the draft carries; left "
                + "out while there is too little", example = "452") Optional<Long> feeCrumbs,
        @Schema(description = "How much the inputs are short of the outputs; left out where they are not",
                example = "20000000") Optional<Long> missingCrumbs,
        @Schema(description = "What it leaves this wallet poorer by, its share of the fee included; negative where it "
                + "is paid", example = "30000226") long costCrumbs,
        @ArraySchema(schema = @Schema(example = Examples.ADDRESS),
                arraySchema = @Schema(description = "Owners who have not signed yet")) List<String> unsigned) {

    /** A coin that is spent. */
    @Schema(name = "DraftInput")
    record InputView(
            @Schema(description = "Who made it", example = Examples.TXID) String txid,
            @Schema(description = "Which of its outputs", example = "0") int index,
            @Schema(description = "Whose it is", example = Examples.ADDRESS) String address,
            @Schema(description = "What it is worth", example = "100000000") long amountCrumbs,
            @Schema(description = "Whether it is this wallet's", example = "true") boolean own) {}

    /** What somebody gets. */
    @Schema(name = "DraftOutput")
    record OutputView(
            @Schema(description = "Who gets it", example = Examples.ADDRESS) String address,
            @Schema(description = "How much", example = "50000000") long amountCrumbs,
            @Schema(description = "Whether that is this wallet", example = "false") boolean own) {}

    static Set<Address> addresses(PaymentDraft draft) {
        Set<Address> addresses = new TreeSet<>(draft.owners());
        draft.outputs().forEach(it -> addresses.add(it.address()));
        return addresses;
    }

    static DraftView of(PaymentDraft draft, Set<Address> own) {
        List<InputView> inputs = draft.inputs().entrySet().stream()
                .map(it -> input(it.getKey(), it.getValue(), own))
                .toList();
        List<OutputView> outputs = draft.outputs().stream()
                .map(it -> new OutputView(it.address().toString(), it.amount().crumbs(), own.contains(it.address())))
                .toList();
        long inCrumbs = inputs.stream().mapToLong(InputView::amountCrumbs).sum();
        long outCrumbs = outputs.stream().mapToLong(OutputView::amountCrumbs).sum();
        Optional<Long> fee = draft.fee() instanceof Outcome.Passed<Amount>(Amount amount)
                ? Optional.of(amount.crumbs())
                : Optional.empty();
        long cost = inputs.stream().filter(InputView::own).mapToLong(InputView::amountCrumbs).sum()
                - outputs.stream().filter(OutputView::own).mapToLong(OutputView::amountCrumbs).sum();
        return new DraftView(DraftDocument.of(draft), draft.body().orElseThrow().txid().toHex(), inputs, outputs, fee,
                Optional.of(outCrumbs - inCrumbs).filter(it -> it > 0), cost,
                draft.unsigned().stream().map(Address::toString).toList());
    }

    private static InputView input(OutPoint outPoint, TransactionOutput spent, Set<Address> own) {
        return new InputView(outPoint.txid().toHex(), outPoint.index(), spent.address().toString(),
                spent.amount().crumbs(), own.contains(spent.address()));
    }
}
