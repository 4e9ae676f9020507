package org.cheesecoin.member.wallet.web;

import java.util.Optional;

import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.cheese.Txid;
import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.member.wallet.PaymentAttempt;
import org.cheesecoin.member.wallet.WalletService;
import org.cheesecoin.member.web.OwnerOnly;
import org.cheesecoin.web.Problem;
import org.cheesecoin.web.Problems;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

/** Pays. */
@OwnerOnly
@RestController
@RequestMapping("/wallet/payments")
@Tag(name = "Wallet")
class PaymentsController {

    private final WalletService wallet;

    PaymentsController(WalletService wallet) {
        this.wallet = wallet;
    }

    @Operation(summary = "Pay", description = "Chooses coins, signs, and hands the payment to the member, which sends "
            + "it to all others. A refusal names the rule and the values: how much is missing and when it matures.")
    @ApiResponse(responseCode = "201", description = "It waits for a cheese, and survives the end of the process")
    @ApiResponse(responseCode = "202", description = "It is signed, and the member has not looked at it yet")
    @Problems({Problem.INVALID_VALUE, Problem.PAYMENT_REFUSED, Problem.RULE_BROKEN, Problem.NOT_READY})
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<PaymentView> pay(@RequestBody PaymentBody body) {
        return switch (Answers.of(wallet.pay(body.toOrder()))) {
            case PaymentAttempt.Refused(Violation violation) -> throw PaymentRefusals.of(violation);
            case PaymentAttempt.HandedIn payment -> answer(payment);
        };
    }

    private static ResponseEntity<PaymentView> answer(PaymentAttempt.HandedIn payment) {
        Optional<Outcome<Txid>> word = Answers.within(payment.answer());
        if (word.isEmpty()) {
            return ResponseEntity.status(HttpStatus.ACCEPTED).body(PaymentView.of(payment, "checking"));
        }
        return switch (word.get()) {
            case Outcome.Refused<Txid>(Violation violation) -> throw PaymentRefusals.of(violation);
            case Outcome.Passed<Txid> _ ->
                    ResponseEntity.status(HttpStatus.CREATED).body(PaymentView.of(payment, "pending"));
        };
    }
}
