package org.cheesecoin.member.wallet.web;

import java.util.List;
import java.util.Optional;

import org.cheesecoin.member.wallet.PaymentOrder;
import org.cheesecoin.member.wallet.WalletDrafts;
import org.cheesecoin.member.web.Examples;

import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;

/** The bodies of the calls on drafts. */
final class DraftBodies {

    private DraftBodies() {}

    /** Of {@code POST /wallet/drafts}. */
    @Schema(name = "DraftOrder")
    record Create(
            @ArraySchema(minItems = 1, maxItems = PaymentOrder.MAX_RECEIVERS,
                    arraySchema = @Schema(description = "Who is paid together")) List<
                            PaymentBody.ReceiverBody> receivers,
            @Schema(description = "What this wallet gives the receivers; the fee for them and for its own part comes "
                    + "on top", minimum = "1", maximum = Examples.MAX_CRUMBS,
                    example = "30000000") long contributeCrumbs,
            @Schema(description = Examples.FEE_RATE_TEXT, minimum = "1",
                    maximum = Examples.MAX_FEE_RATE, example = "1") Optional<Long> feeRate) {}

    /** Of {@code POST /wallet/drafts/inputs}. */
    @Schema(name = "DraftContribution")
    record Contribute(
            @Schema(description = "As the member before answered it") DraftDocument draft,
            @Schema(description = "What this wallet gives the receivers; the fee for its own part comes on top",
                    minimum = "1", maximum = Examples.MAX_CRUMBS, example = "20000000") long contributeCrumbs,
            @Schema(description = Examples.FEE_RATE_TEXT, minimum = "1",
                    maximum = Examples.MAX_FEE_RATE, example = "1") Optional<Long> feeRate) {}

    /** Of {@code POST /wallet/drafts/signatures}. */
    @Schema(name = "DraftSigning")
    record Sign(
            @Schema(description = "As the member before answered it") DraftDocument draft,
            @Schema(description = "The most that it may leave this wallet poorer by, its share of the fee included",
                    minimum = "0", maximum = Examples.MAX_CRUMBS, example = "30000300") long mostCostCrumbs) {}

    /** Of {@code POST /wallet/drafts/combine}. */
    @Schema(name = "DraftCopies",
            example = "{\"drafts\":[" + Examples.DRAFT + "," + Examples.DRAFT + "]}")
    record Combine(
            @ArraySchema(minItems = 2, maxItems = WalletDrafts.MAX_COMBINED,
                    arraySchema = @Schema(description = "Copies of one draft")) List<DraftDocument> drafts) {}

    /** Of {@code POST /wallet/drafts/submit}. */
    @Schema(name = "DraftSubmission")
    record Submit(@Schema(description = "The draft that everybody has signed") DraftDocument draft) {}

    /** The answer to {@code POST /wallet/drafts/submit}. */
    @Schema(name = "DraftSubmitted")
    record Submitted(
            @Schema(description = "Its name", example = Examples.TXID) String txid,
            @Schema(description = "It waits for a cheese", allowableValues = "pending",
                    example = "pending") String state) {}
}
