package org.cheesecoin.member.wallet.web;

import java.util.Optional;

import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.cheese.Txid;
import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.member.wallet.IdempotencyKey;
import org.cheesecoin.member.wallet.PaymentAttempt;
import org.cheesecoin.member.wallet.WalletService;
import org.cheesecoin.member.web.Examples;
import org.cheesecoin.member.web.OwnerOnly;
import org.cheesecoin.web.Parameters;
import org.cheesecoin.web.Problem;
import org.cheesecoin.web.Problems;
import org.cheesecoin.web.Refusal;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

/** Pays. */
@OwnerOnly
@RestController
@RequestMapping("/wallet/payments")
@Tag(name = "Wallet")
class PaymentsController {

    private static final String KEY_HEADER = "Idempotency-Key";

    private final WalletService wallet;

    PaymentsController(WalletService wallet) {
        this.wallet = wallet;
    }

    @Operation(operationId = "makePayment", summary = "Pay",
            description = "To one receiver, to several, or all to one. Chooses coins, signs, and "
                    + "hands the payment to the member, which sends it to all others. A refusal names the rule and the "
                    + "values: which part is missing and when it matures. Under an Idempotency-Key asking again pays once.")
    @ApiResponse(responseCode = "201", description = "It waits for a cheese, and survives the end of the process; or "
            + "it was made before under the same key", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "202", description = "It is signed, and the member has not looked at it yet",
            useReturnTypeSchema = true)
    @Problems({Problem.INVALID_VALUE, Problem.PAYMENT_REFUSED, Problem.RULE_BROKEN, Problem.NOT_READY})
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<PaymentView> pay(
            @RequestBody PaymentBody body,
            @Parameter(description = "What you call this order, 1 to 200 visible ASCII characters. The same key with "
                    + "the same order answers with the payment that was made, also after a restart; with another "
                    + "order it is refused. The last 10,000 are remembered.",
                    schema = @Schema(type = "string", minLength = 1, maxLength = 200,
                            pattern = "^" + IdempotencyKey.FORM + "$")) @RequestHeader(
                                    name = KEY_HEADER, required = false) Optional<String> idempotencyKey) {
        Optional<IdempotencyKey> key = idempotencyKey.map(PaymentsController::key);
        return answer(Answers.of(wallet.pay(body.way().toOrder(), key)));
    }

    @Operation(operationId = "bumpPayment", summary = "Raise the fee of a payment that waits",
            description = "Replaces it by one of the same coins "
                    + "and receivers that pays the miner more, at the cost of the change or of more coins. It must be paid by "
                    + "this wallet alone, and no other payment of the wallet may build on it (WLT-BUMP). A refusal names the "
                    + "rule of replacement and what it needs.")
    @ApiResponse(responseCode = "201", description = "The replacement waits for a cheese", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "202", description = "It is signed, and the member has not looked at it yet",
            useReturnTypeSchema = true)
    @Problems({Problem.INVALID_VALUE, Problem.PAYMENT_REFUSED, Problem.RULE_BROKEN, Problem.NOT_READY})
    @PostMapping(path = "/{txid}/bump", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<PaymentView> bump(
            @Parameter(description = "The payment that waits", example = Examples.TXID) @PathVariable String txid,
            @RequestBody BumpBody body) {
        return answer(Answers.of(wallet.bump(Parameters.txid("txid", txid), PaymentBody.rate(body.feeRate()))));
    }

    private static IdempotencyKey key(String text) {
        if (!text.matches(IdempotencyKey.FORM)) {
            throw Refusal.invalid(KEY_HEADER, Parameters.echo(text), "1 to 200 visible ASCII characters");
        }
        return new IdempotencyKey(text);
    }

    private static ResponseEntity<PaymentView> answer(PaymentAttempt attempt) {
        return switch (attempt) {
            case PaymentAttempt.Refused(Violation violation) -> throw PaymentRefusals.of(violation);
            case PaymentAttempt.MadeBefore(var payment) ->
                    ResponseEntity.status(HttpStatus.CREATED).body(PaymentView.of(payment, "made-before"));
            case PaymentAttempt.HandedIn handedIn -> answer(handedIn);
        };
    }

    private static ResponseEntity<PaymentView> answer(PaymentAttempt.HandedIn attempt) {
        Optional<Outcome<Txid>> word = Answers.within(attempt.answer());
        if (word.isEmpty()) {
            return ResponseEntity.status(HttpStatus.ACCEPTED).body(PaymentView.of(attempt.payment(), "checking"));
        }
        return switch (word.get()) {
            case Outcome.Refused<Txid>(Violation violation) -> throw PaymentRefusals.of(violation);
            case Outcome.Passed<Txid> _ ->
                    ResponseEntity.status(HttpStatus.CREATED).body(PaymentView.of(attempt.payment(), "pending"));
        };
    }
}
