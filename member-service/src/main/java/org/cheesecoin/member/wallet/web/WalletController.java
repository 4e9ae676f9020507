package org.cheesecoin.member.wallet.web;

import java.util.List;
import java.util.Optional;

import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.member.wallet.GivenAddress;
import org.cheesecoin.member.wallet.NumberedEntry;
import org.cheesecoin.member.wallet.WalletService;
import org.cheesecoin.member.web.OwnerOnly;
import org.cheesecoin.web.Page;
import org.cheesecoin.web.Parameters;
import org.cheesecoin.web.Problem;
import org.cheesecoin.web.Problems;
import org.cheesecoin.web.Refusal;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

/** What the wallet has, its addresses, its history, its words. */
@OwnerOnly
@RestController
@RequestMapping("/wallet")
@Tag(name = "Wallet", description = "The member's own money; for its owner only")
class WalletController {

    private static final String CURSOR = "The nextCursor of the page before";
    private static final String LIMIT = "At most so many, from 1 to 200";

    private final WalletService wallet;

    WalletController(WalletService wallet) {
        this.wallet = wallet;
    }

    @Operation(summary = "The balance", description = "Each crumb stands in one place: spendable, on its way, or "
            + "immature. Spendable, pending and immature together are what the wallet has when all is confirmed.")
    @ApiResponse(responseCode = "200", description = "The balance")
    @Problems(Problem.NOT_READY)
    @GetMapping
    WalletView balance() {
        return WalletView.of(Answers.of(wallet.balance()));
    }

    @Operation(summary = "Hand out a fresh address", description = "At most 1,000 may be out unused (WLT-GAP), for a "
            + "restore from the words looks no further.")
    @ApiResponse(responseCode = "201", description = "The address; its key survives the end of the process")
    @Problems({Problem.RULE_BROKEN, Problem.NOT_READY})
    @PostMapping("/addresses")
    @ResponseStatus(HttpStatus.CREATED)
    AddressView newAddress() {
        return switch (Answers.of(wallet.newAddress())) {
            case Outcome.Passed<GivenAddress>(GivenAddress given) -> AddressView.of(given);
            case Outcome.Refused<GivenAddress>(Violation violation) -> throw new Refusal(violation);
        };
    }

    @Operation(summary = "The addresses that were handed out", description = "Addresses of change are not among them.")
    @ApiResponse(responseCode = "200", description = "A page")
    @Problems(Problem.INVALID_VALUE)
    @GetMapping("/addresses")
    Page<AddressView> addresses(
            @Parameter(description = CURSOR, schema = @Schema(type = "string"), example = "20") @RequestParam Optional<
                    String> cursor,
            @Parameter(description = LIMIT) @RequestParam(defaultValue = Page.DEFAULT_ITEMS) int limit) {
        int fromIndex = (int) Math.min(Integer.MAX_VALUE, Parameters.position(cursor, 0));
        List<GivenAddress> oneMore = wallet.addresses(fromIndex, Parameters.limit(limit) + 1);
        return Page.of(oneMore, limit, it -> it.address().index() + 1L).map(AddressView::of);
    }

    @Operation(summary = "The history", description = "Every transaction that touched the wallet, whatever became of "
            + "it, newest first in the order in which the wallet saw them.")
    @ApiResponse(responseCode = "200", description = "A page")
    @Problems(Problem.INVALID_VALUE)
    @GetMapping("/transactions")
    Page<TransactionView> transactions(
            @Parameter(description = CURSOR, schema = @Schema(type = "string"), example = "17") @RequestParam Optional<
                    String> cursor,
            @Parameter(description = LIMIT) @RequestParam(defaultValue = Page.DEFAULT_ITEMS) int limit) {
        long before = Parameters.position(cursor, Long.MAX_VALUE);
        List<NumberedEntry> oneMore = wallet.history(before, Parameters.limit(limit) + 1);
        return Page.of(oneMore, limit, NumberedEntry::sequence).map(TransactionView::of);
    }

    @Operation(summary = "Show the recovery words", description = "They restore the whole wallet, anywhere. That they "
            + "were shown is noted. The answer is marked to be stored by nobody.")
    @ApiResponse(responseCode = "200", description = "The words")
    @Problems(Problem.NOT_READY)
    @PostMapping("/words")
    ResponseEntity<WordsView> words() {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .body(new WordsView(Answers.of(wallet.showWords())));
    }
}
