package org.cheesecoin.member.wallet.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

import org.cheesecoin.chain.cheese.Address;
import org.cheesecoin.chain.cheese.Amount;
import org.cheesecoin.chain.cheese.FeeRate;
import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.cheese.TransactionOutput;
import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.member.wallet.PaymentOrder;
import org.cheesecoin.web.Problem;
import org.cheesecoin.web.ProblemDocument;
import org.cheesecoin.web.Refusal;

import io.swagger.v3.oas.annotations.media.Schema;

/** The body of {@code POST /wallet/payments}. */
@Schema(name = "PaymentOrder", description = "Either to and amountCrumbs, or to and sendAll, or receivers")
record PaymentBody(
        @Schema(description = "The receiver's address", implementation = String.class, example = Examples.ADDRESS,
                requiredMode = Schema.RequiredMode.NOT_REQUIRED) Optional<String> to,
        @Schema(description = "What the receiver gets, in crumbs", implementation = Long.class, minimum = "1",
                maximum = "300000000000000", example = "50000000",
                requiredMode = Schema.RequiredMode.NOT_REQUIRED) Optional<Long> amountCrumbs,
        @Schema(description = "true: the receiver gets all that can be spent, less the fee, and nothing comes back",
                implementation = Boolean.class, example = "false",
                requiredMode = Schema.RequiredMode.NOT_REQUIRED) Optional<Boolean> sendAll,
        @Schema(description = "Several receivers in one payment, 1,000 at most",
                requiredMode = Schema.RequiredMode.NOT_REQUIRED) Optional<List<ReceiverBody>> receivers,
        @Schema(description = Examples.FEE_RATE_TEXT, implementation = Integer.class, minimum = "1", maximum = "10000",
                example = "1", requiredMode = Schema.RequiredMode.NOT_REQUIRED) Optional<Long> feeRate) {

    /** One of several receivers. */
    @Schema(name = "Receiver")
    record ReceiverBody(
            @Schema(description = "The receiver's address", example = Examples.ADDRESS) String to,
            @Schema(description = "What the receiver gets, in crumbs", minimum = "1", maximum = "300000000000000",
                    example = "50000000") long amountCrumbs) {

        TransactionOutput toOutput() {
            return output(to, amountCrumbs);
        }
    }

    /** Checks what can be checked without a wallet. */
    PaymentOrder toOrder() {
        Optional<FeeRate> rate = rate(feeRate);
        if (receivers.isPresent()) {
            if (to.isPresent() || amountCrumbs.isPresent() || sendAll.isPresent()) {
                throw Refusal.invalid("receivers", "beside another receiver", "the only one of its kind");
            }
            return new PaymentOrder.Pay(outputs(receivers.get()), rate);
        }
        String receiver = to.orElseThrow(() -> Refusal.invalid("to", "missing", "an address of CheeseCoin"));
        if (sendAll.orElse(false)) {
            if (amountCrumbs.isPresent()) {
                throw Refusal.invalid("amountCrumbs", amountCrumbs.get(), "left out where all is sent");
            }
            return new PaymentOrder.SendAll(address(receiver), rate);
        }
        long crumbs = amountCrumbs.orElseThrow(
                () -> Refusal.invalid("amountCrumbs", "missing", "from 1 to " + Amount.MAX_CRUMBS));
        return new PaymentOrder.Pay(List.of(output(receiver, crumbs)), rate);
    }

    static List<TransactionOutput> outputs(List<ReceiverBody> receivers) {
        if (receivers.isEmpty() || receivers.size() > PaymentOrder.MAX_RECEIVERS) {
            throw Refusal.invalid("receivers", receivers.size() + " of them",
                    "a list of 1 to " + PaymentOrder.MAX_RECEIVERS);
        }
        long sumCrumbs = 0;
        List<TransactionOutput> outputs = new ArrayList<>();
        for (ReceiverBody receiver : receivers) {
            TransactionOutput output = receiver.toOutput();
            sumCrumbs += output.amount().crumbs();
            outputs.add(output);
        }
        if (sumCrumbs > Amount.MAX_CRUMBS) {
            throw Refusal.invalid("receivers", sumCrumbs + " crumbs together", "at most " + Amount.MAX_CRUMBS);
        }
        return outputs;
    }

    static Optional<FeeRate> rate(Optional<Long> feeRate) {
        feeRate.filter(it -> it < 1).ifPresent(it -> {
            throw Refusal.invalid("feeRate", it, "from 1 to 10000 crumbs a byte");
        });
        return feeRate.map(FeeRate::ofCrumbsPerByte);
    }

    private static TransactionOutput output(String to, long crumbs) {
        Address address = address(to);
        return new TransactionOutput(amount("amountCrumbs", crumbs), address);
    }

    static Amount amount(String field, long crumbs) {
        if (crumbs < 1 || crumbs > Amount.MAX_CRUMBS) {
            throw Refusal.invalid(field, crumbs, "from 1 to " + Amount.MAX_CRUMBS);
        }
        return new Amount(crumbs);
    }

    private static Address address(String to) {
        return switch (Address.parse(to)) {
            case Outcome.Passed<Address>(Address address) -> address;
            case Outcome.Refused<Address>(Violation violation) -> throw new Refusal(new ProblemDocument(
                    Problem.INVALID_VALUE,
                    "to is no address of CheeseCoin: " + violation.message(),
                    Optional.of(violation),
                    ProblemDocument.of(Problem.INVALID_VALUE, violation).with("field", "to").values(),
                    new LinkedHashMap<>()));
        };
    }
}
