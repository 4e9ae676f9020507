package org.cheesecoin.member.wallet.web;

import java.util.LinkedHashMap;
import java.util.Optional;

import org.cheesecoin.chain.cheese.Address;
import org.cheesecoin.chain.cheese.Amount;
import org.cheesecoin.chain.cheese.FeeRate;
import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.member.wallet.PaymentOrder;
import org.cheesecoin.web.Problem;
import org.cheesecoin.web.ProblemDocument;
import org.cheesecoin.web.Refusal;

import io.swagger.v3.oas.annotations.media.Schema;

/** The body of {@code POST /wallet/payments}. */
@Schema(name = "PaymentOrder")
record PaymentBody(
        @Schema(description = "The receiver's address", example = Examples.ADDRESS) String to,
        @Schema(description = "What the receiver gets, in crumbs", minimum = "1", maximum = "300000000000000",
                example = "50000000") long amountCrumbs,
        @Schema(description = "What the miner gets for each byte, in crumbs; left out: what the next cheese takes",
                implementation = Integer.class, minimum = "1", maximum = "10000", example = "1",
                requiredMode = Schema.RequiredMode.NOT_REQUIRED) Optional<Long> feeRate) {

    /** Checks what can be checked without a wallet. */
    PaymentOrder toOrder() {
        Address receiver = switch (Address.parse(to)) {
            case Outcome.Passed<Address>(Address address) -> address;
            case Outcome.Refused<Address>(Violation violation) -> throw new Refusal(new ProblemDocument(
                    Problem.INVALID_VALUE,
                    "to is no address of CheeseCoin: " + violation.message(),
                    Optional.of(violation),
                    ProblemDocument.of(Problem.INVALID_VALUE, violation).with("field", "to").values(),
                    new LinkedHashMap<>()));
        };
        if (amountCrumbs < 1 || amountCrumbs > Amount.MAX_CRUMBS) {
            throw Refusal.invalid("amountCrumbs", amountCrumbs, "from 1 to " + Amount.MAX_CRUMBS);
        }
        feeRate.filter(it -> it < 1).ifPresent(it -> {
            throw Refusal.invalid("feeRate", it, "from 1 to 10000 crumbs a byte");
        });
        return new PaymentOrder(receiver, new Amount(amountCrumbs), feeRate.map(FeeRate::ofCrumbsPerByte));
    }
}
