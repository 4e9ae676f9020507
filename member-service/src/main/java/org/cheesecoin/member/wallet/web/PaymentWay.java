package org.cheesecoin.member.wallet.web;

import java.util.List;
import java.util.Optional;

import org.cheesecoin.member.wallet.PaymentOrder;
import org.cheesecoin.member.web.Examples;

import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;

/** The three ways to pay, as the published contract tells them apart: each has fields that must be there. */
@Schema(name = "PaymentOrder", description = "One of three ways to pay: one receiver, several, or all to one",
        oneOf = {PaymentWay.ToOne.class, PaymentWay.ToSeveral.class, PaymentWay.AllToOne.class})
sealed interface PaymentWay {

    /** What the wallet is asked for; what can be checked without one is checked. */
    PaymentOrder toOrder();

    /** An amount to one receiver. */
    @Schema(name = "PaymentToOne", description = "An amount to one receiver")
    record ToOne(
            @Schema(description = "The receiver's address", example = Examples.ADDRESS) String to,
            @Schema(description = "What the receiver gets, in crumbs", minimum = "1", maximum = Examples.MAX_CRUMBS,
                    example = "50000000") long amountCrumbs,
            @Schema(description = Examples.FEE_RATE_TEXT, minimum = "1", maximum = Examples.MAX_FEE_RATE,
                    example = "1") Optional<Long> feeRate)
            implements PaymentWay {

        @Override
        public PaymentOrder toOrder() {
            return new PaymentOrder.Pay(List.of(PaymentBody.output(to, amountCrumbs)), PaymentBody.rate(feeRate));
        }
    }

    /** Amounts to several receivers. */
    @Schema(name = "PaymentToSeveral", description = "Amounts to several receivers in one payment")
    record ToSeveral(
            @ArraySchema(minItems = 1, maxItems = PaymentOrder.MAX_RECEIVERS,
                    arraySchema = @Schema(description = "Who is paid")) List<PaymentBody.ReceiverBody> receivers,
            @Schema(description = Examples.FEE_RATE_TEXT, minimum = "1", maximum = Examples.MAX_FEE_RATE,
                    example = "1") Optional<Long> feeRate)
            implements PaymentWay {

        @Override
        public PaymentOrder toOrder() {
            return new PaymentOrder.Pay(PaymentBody.outputs(receivers), PaymentBody.rate(feeRate));
        }
    }

    /** The one value that {@code sendAll} has in an order for all, which is published and sent as true. */
    enum Everything {
        EVERYTHING
    }

    /** All that there is. */
    @Schema(name = "PaymentOfAll", description = "All that can be spent, less the fee, to one receiver")
    record AllToOne(
            @Schema(description = "The receiver's address", example = Examples.ADDRESS) String to,
            @Schema(description = "The receiver gets all that can be spent, less the fee, and nothing comes back",
                    implementation = Boolean.class, _const = "true", example = "true") Everything sendAll,
            @Schema(description = Examples.FEE_RATE_TEXT, minimum = "1", maximum = Examples.MAX_FEE_RATE,
                    example = "1") Optional<Long> feeRate)
            implements PaymentWay {

        @Override
        public PaymentOrder toOrder() {
            return new PaymentOrder.SendAll(PaymentBody.address(to), PaymentBody.rate(feeRate));
        }
    }
}
