package org.cheesecoin.member.wallet.web;

import java.util.List;
import java.util.Optional;

import org.cheesecoin.chain.cheese.Txid;
import org.cheesecoin.member.wallet.NumberedEntry;
import org.cheesecoin.member.wallet.WalletService;
import org.cheesecoin.member.web.Examples;
import org.cheesecoin.member.web.OwnerOnly;
import org.cheesecoin.web.Page;
import org.cheesecoin.web.Parameters;
import org.cheesecoin.web.Problem;
import org.cheesecoin.web.Problems;
import org.cheesecoin.web.Refusal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

/** What the wallet has, and its history. */
@OwnerOnly
@RestController
@RequestMapping("/wallet")
@Tag(name = "Wallet")
class WalletController {

    private final WalletService wallet;

    WalletController(WalletService wallet) {
        this.wallet = wallet;
    }

    @Operation(operationId = "getWallet", summary = "The balance",
            description = "Each crumb stands in one place: spendable, on its way, or "
                    + "immature; parts says why and until when. Spendable, pending and immature together are what the wallet "
                    + "has when all is confirmed. While restoring is there, the wallet still reads the stack.")
    @ApiResponse(responseCode = "200", description = "The balance")
    @Problems(Problem.NOT_READY)
    @GetMapping
    WalletView balance() {
        return WalletView.of(Answers.of(wallet.balance()), wallet.areWordsAcknowledged());
    }

    @Operation(operationId = "listWalletTransactions", summary = "The history",
            description = "Every transaction that touched the wallet, whatever became of "
                    + "it, newest first in the order in which the wallet saw them.")
    @ApiResponse(responseCode = "200", description = "A page")
    @Problems(Problem.INVALID_VALUE)
    @GetMapping("/transactions")
    Page<TransactionView> transactions(
            @Parameter(description = Examples.CURSOR_TEXT, schema = @Schema(type = "string")) @RequestParam Optional<
                    String> cursor,
            @RequestParam(defaultValue = Page.DEFAULT_ITEMS) int limit) {
        long before = Parameters.position(cursor, Long.MAX_VALUE);
        List<NumberedEntry> oneMore = wallet.history(before, Parameters.limit(limit) + 1);
        return Page.of(oneMore, limit, NumberedEntry::sequence).map(TransactionView::of);
    }

    @Operation(operationId = "getWalletTransaction", summary = "A transaction of the history",
            description = "Where it is not confirmed, with the reasons: "
                    + "a fee below what the next cheese takes, ancestors that wait themselves, no cheese, or what took its "
                    + "place.")
    @ApiResponse(responseCode = "200", description = "The transaction")
    @Problems({Problem.NOT_FOUND, Problem.NOT_READY})
    @GetMapping("/transactions/{txid}")
    TransactionView transaction(
            @Parameter(description = "Its name", example = Examples.TXID) @PathVariable String txid) {
        Txid name = Parameters.txid("txid", txid);
        NumberedEntry entry = wallet.entry(name).orElseThrow(
                () -> Refusal.notFound("transaction of this wallet,", name));
        return TransactionView.of(entry, Answers.of(wallet.whyUnconfirmed(entry.entry())));
    }
}
