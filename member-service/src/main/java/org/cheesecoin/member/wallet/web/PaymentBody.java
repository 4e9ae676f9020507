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
import org.cheesecoin.member.web.Examples;
import org.cheesecoin.web.Problem;
import org.cheesecoin.web.ProblemDocument;
import org.cheesecoin.web.Refusal;

import io.swagger.v3.oas.annotations.media.Schema;

/**
 * The body of {@code POST /wallet/payments} as it comes, with the fields of every way to pay. It is published as one of
 * the ways.
 */
@Schema(implementation = PaymentWay.class)
record PaymentBody(
        Optional<String> to,
        Optional<Long> amountCrumbs,
        Optional<Boolean> sendAll,
        Optional<List<ReceiverBody>> receivers,
        Optional<Long> feeRate) {

    /** One of several receivers. */
    @Schema(name = "Receiver")
    record ReceiverBody(
            @Schema(description = "The receiver's address", example = Examples.ADDRESS) String to,
            @Schema(description = "What the receiver gets, in crumbs", minimum = "1", maximum = Examples.MAX_CRUMBS,
                    example = "50000000") long amountCrumbs) {

        TransactionOutput toOutput() {
            return output(to, amountCrumbs);
        }
    }

    /** Which way it is; a field of another way is refused. An empty list and false are as if left out. */
    PaymentWay way() {
        boolean isOfAll = sendAll.orElse(false);
        if (receivers.isPresent()) {
            if (to.isPresent() || amountCrumbs.isPresent() || isOfAll) {
                throw Refusal.invalid("receivers", "beside another receiver", "the only one of its kind");
            }
            return new PaymentWay.ToSeveral(receivers.get(), feeRate);
        }
        String receiver = to.orElseThrow(() -> Refusal.invalid("to", "missing", "an address of CheeseCoin"));
        if (isOfAll) {
            if (amountCrumbs.isPresent()) {
                throw Refusal.invalid("amountCrumbs", amountCrumbs.get(), "left out where all is sent");
            }
            return new PaymentWay.AllToOne(receiver, PaymentWay.Everything.EVERYTHING, feeRate);
        }
        long crumbs = amountCrumbs.orElseThrow(
                () -> Refusal.invalid("amountCrumbs", "missing", "from 1 to " + Amount.MAX_CRUMBS));
        return new PaymentWay.ToOne(receiver, crumbs, feeRate);
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

    static TransactionOutput output(String to, long crumbs) {
        Address address = address(to);
        return new TransactionOutput(amount("amountCrumbs", crumbs), address);
    }

    static Amount amount(String field, long crumbs) {
        if (crumbs < 1 || crumbs > Amount.MAX_CRUMBS) {
            throw Refusal.invalid(field, crumbs, "from 1 to " + Amount.MAX_CRUMBS);
        }
        return new Amount(crumbs);
    }

    static Address address(String to) {
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
