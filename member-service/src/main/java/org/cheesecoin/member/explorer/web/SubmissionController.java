package org.cheesecoin.member.explorer.web;

import java.net.URI;
import java.util.HexFormat;

import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.Transaction;
import org.cheesecoin.chain.cheese.Txid;
import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.member.explorer.ConfirmedCopies;
import org.cheesecoin.member.node.web.LoopCalls;
import org.cheesecoin.member.web.Examples;
import org.cheesecoin.member.web.Open;
import org.cheesecoin.web.Problem;
import org.cheesecoin.web.ProblemDocument;
import org.cheesecoin.web.Problems;
import org.cheesecoin.web.Refusal;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

/** Takes signed transactions. Decoding happens here, on the call's own thread; the loop only judges. */
@RestController
@Tag(name = "Transactions")
class SubmissionController {

    private static final long RETRY_AFTER_SECONDS = 1;
    private static final String MALFORMED_PREFIX = "ENC-";

    private final LoopCalls loop;
    private final ConfirmedCopies copies;

    SubmissionController(LoopCalls loop, ConfirmedCopies copies) {
        this.loop = loop;
        this.copies = copies;
    }

    record Submission(
            @Schema(description = "The signed transaction's full encoding, hex digits",
                    example = Examples.PAYMENT) String hex) {}

    record Submitted(
            @Schema(description = "The transaction's name") String txid,
            @Schema(allowableValues = {
                    "pending", "confirmed"}) String state){

        static Submitted pending(Txid txid) {
            return new Submitted(txid.toHex(), "pending");
        }

        static Submitted confirmed(Txid txid) {
            return new Submitted(txid.toHex(), "confirmed");
        }
    }

    @Open
    @PostMapping("/transactions")
    @Operation(operationId = "submitTransaction", summary = "Submit a signed transaction",
            description = "Answers when the transaction is checked, stored and waits in the mempool. "
                    + "A refusal names the rule, the values and where protocol.md explains it.")
    @ApiResponse(responseCode = "201", description = "It waits for a cheese", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "200", description = "It already waited here, or stands in a cheese",
            useReturnTypeSchema = true)
    @Problems(Problem.RULE_BROKEN)
    ResponseEntity<Submitted> submit(@RequestBody Submission submission) {
        Transaction transaction = decode(submission.hex());
        return switch (loop.askForPromise(access -> access.submit(transaction))) {
            case Outcome.Passed<Txid>(Txid txid) -> ResponseEntity
                    .created(URI.create("/transactions/" + txid.toHex()))
                    .body(Submitted.pending(txid));
            case Outcome.Refused<Txid>(Violation violation) -> refused(violation, transaction);
        };
    }

    /** Whoever submits twice, because an answer got lost, is told the same again, or what became of it meanwhile. */
    private ResponseEntity<Submitted> refused(Violation violation, Transaction transaction) {
        if (!(transaction instanceof Payment payment)) {
            throw new Refusal(violation);
        }
        return switch (violation.rule()) {
            case POL_KNOWN -> ResponseEntity.ok(Submitted.pending(payment.txid()));
            case POL_CONFIRMED -> confirmed(copies.judge(payment));
            case TRX_INPUT_UNKNOWN ->
                    confirmed(copies.judgeForgotten(payment).orElseThrow(() -> new Refusal(violation)));
            case POL_NOT_READY -> throw new Refusal(ProblemDocument.of(Problem.NOT_READY, violation)
                    .withHeader("Retry-After", Long.toString(RETRY_AFTER_SECONDS)));
            default -> throw new Refusal(violation);
        };
    }

    private static ResponseEntity<Submitted> confirmed(Outcome<Txid> outcome) {
        return switch (outcome) {
            case Outcome.Passed<Txid>(Txid txid) -> ResponseEntity.ok(Submitted.confirmed(txid));
            case Outcome.Refused<Txid>(Violation violation) -> throw new Refusal(violation);
        };
    }

    private static Transaction decode(String hex) {
        return switch (Transaction.decode(bytes(hex))) {
            case Outcome.Passed<Transaction>(Transaction transaction) -> transaction;
            case Outcome.Refused<Transaction>(Violation violation) -> throw new Refusal(ProblemDocument.of(
                    violation.rule().id().startsWith(MALFORMED_PREFIX) ? Problem.INVALID_VALUE : Problem.RULE_BROKEN,
                    violation));
        };
    }

    private static byte[] bytes(String hex) {
        try {
            return HexFormat.of().parseHex(hex);
        } catch (IllegalArgumentException _) {
            throw new Refusal(ProblemDocument.of(Problem.INVALID_VALUE, Violation.of(Rule.ENC_VALUE)
                    .with("hex", hex).with("form", "an even number of hex digits")));
        }
    }
}
