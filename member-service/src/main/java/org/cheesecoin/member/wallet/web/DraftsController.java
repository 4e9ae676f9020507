package org.cheesecoin.member.wallet.web;

import java.util.List;

import org.cheesecoin.chain.cheese.Amount;
import org.cheesecoin.chain.cheese.Txid;
import org.cheesecoin.chain.wallet.PaymentDraft;
import org.cheesecoin.member.wallet.WalletDrafts;
import org.cheesecoin.member.web.OwnerOnly;
import org.cheesecoin.web.Problem;
import org.cheesecoin.web.Problems;
import org.cheesecoin.web.Refusal;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

/** One payment of several owners, passed from member to member. */
@OwnerOnly
@RestController
@RequestMapping(path = "/wallet/drafts", consumes = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Wallet")
class DraftsController {

    private final WalletDrafts drafts;

    DraftsController(WalletDrafts drafts) {
        this.drafts = drafts;
    }

    @Operation(operationId = "createDraft", summary = "Begin a payment of several owners",
            description = "The draft in the answer holds all that "
                    + "there is: pass it to the other owners, who add their part. No coin is kept for it on this member.")
    @ApiResponse(responseCode = "200", description = "The draft with this wallet's part")
    @Problems({Problem.INVALID_VALUE, Problem.PAYMENT_REFUSED, Problem.RULE_BROKEN, Problem.NOT_READY})
    @PostMapping
    DraftView create(@RequestBody DraftBodies.Create body) {
        Amount contribution = PaymentBody.amount("contributeCrumbs", body.contributeCrumbs());
        return view(DraftDocument.orRefuse(Answers.of(drafts.create(
                PaymentBody.outputs(body.receivers()), contribution, PaymentBody.rate(body.feeRate())))));
    }

    @Operation(operationId = "contributeToDraft", summary = "Add this wallet's part to a draft",
            description = "Inputs and, where something comes back, a "
                    + "fresh address of change. What changes the payment drops the signatures made so far.")
    @ApiResponse(responseCode = "200", description = "The longer draft")
    @Problems({Problem.INVALID_VALUE, Problem.PAYMENT_REFUSED, Problem.RULE_BROKEN, Problem.NOT_READY})
    @PostMapping("/inputs")
    DraftView addInputs(@RequestBody DraftBodies.Contribute body) {
        Amount contribution = PaymentBody.amount("contributeCrumbs", body.contributeCrumbs());
        return view(DraftDocument.orRefuse(Answers.of(drafts.add(
                body.draft().toDraft(), contribution, PaymentBody.rate(body.feeRate())))));
    }

    @Operation(operationId = "signDraft", summary = "Sign a draft",
            description = "Amounts and fee come from the transactions that the draft "
                    + "carries, whose ids are computed anew. Refused before anything is signed: a fee above 10,000 crumbs a "
                    + "byte (WLT-FEE), a coin of this wallet that is promised elsewhere or too young, or none of its coins "
                    + "(WLT-DRAFT-COIN), and a cost above mostCostCrumbs, as where change is lost (WLT-DRAFT-CHANGE).")
    @ApiResponse(responseCode = "200", description = "The draft with this wallet's signatures")
    @Problems({Problem.INVALID_VALUE, Problem.PAYMENT_REFUSED, Problem.RULE_BROKEN, Problem.NOT_READY})
    @PostMapping("/signatures")
    DraftView sign(@RequestBody DraftBodies.Sign body) {
        if (body.mostCostCrumbs() < 0 || body.mostCostCrumbs() > Amount.MAX_CRUMBS) {
            throw Refusal.invalid("mostCostCrumbs", body.mostCostCrumbs(), "from 0 to " + Amount.MAX_CRUMBS);
        }
        return view(DraftDocument.orRefuse(
                Answers.of(drafts.sign(body.draft().toDraft(), new Amount(body.mostCostCrumbs())))));
    }

    @Operation(operationId = "combineDrafts", summary = "Put the signatures of copies together",
            description = "Every signature is checked; the copies "
                    + "must be of one payment (WLT-DRAFT-OTHER).")
    @ApiResponse(responseCode = "200", description = "The draft with all signatures")
    @Problems({Problem.INVALID_VALUE, Problem.PAYMENT_REFUSED, Problem.RULE_BROKEN})
    @PostMapping("/combine")
    DraftView combine(@RequestBody DraftBodies.Combine body) {
        if (body.drafts().size() < 2 || body.drafts().size() > WalletDrafts.MAX_COMBINED) {
            throw Refusal.invalid("drafts", body.drafts().size() + " of them",
                    "a list of 2 to " + WalletDrafts.MAX_COMBINED);
        }
        List<PaymentDraft> copies = body.drafts().stream().map(DraftDocument::toDraft).toList();
        return view(DraftDocument.orRefuse(drafts.combine(copies)));
    }

    @Operation(operationId = "submitDraft", summary = "Submit a draft that everybody has signed",
            description = "Any member may; it need not have a "
                    + "part in it.")
    @ApiResponse(responseCode = "201", description = "The payment waits for a cheese")
    @Problems({Problem.INVALID_VALUE, Problem.PAYMENT_REFUSED, Problem.RULE_BROKEN, Problem.NOT_READY})
    @PostMapping("/submit")
    @ResponseStatus(HttpStatus.CREATED)
    DraftBodies.Submitted submit(@RequestBody DraftBodies.Submit body) {
        Txid txid = DraftDocument.orRefuse(Answers.of(drafts.submit(body.draft().toDraft())));
        return new DraftBodies.Submitted(txid.toHex(), "pending");
    }

    private DraftView view(PaymentDraft draft) {
        return DraftView.of(draft, Answers.of(drafts.own(DraftView.addresses(draft))));
    }
}
