package org.cheesecoin.member.wallet.web;

import java.util.List;
import java.util.Optional;

import org.cheesecoin.chain.cheese.Address;
import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.member.wallet.GivenAddress;
import org.cheesecoin.member.wallet.WalletService;
import org.cheesecoin.member.web.Examples;
import org.cheesecoin.member.web.OwnerOnly;
import org.cheesecoin.web.Page;
import org.cheesecoin.web.Parameters;
import org.cheesecoin.web.Problem;
import org.cheesecoin.web.Problems;
import org.cheesecoin.web.Refusal;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

/** The addresses of the wallet that others pay to. */
@OwnerOnly
@RestController
@RequestMapping("/wallet/addresses")
@Tag(name = "Wallet")
class WalletAddressesController {

    private final WalletService wallet;

    WalletAddressesController(WalletService wallet) {
        this.wallet = wallet;
    }

    @Operation(operationId = "createWalletAddress", summary = "Hand out a fresh address",
            description = "At most 1,000 may be out unused (WLT-GAP), for a "
                    + "restore from the words looks no further. It may have a label from the start.")
    @ApiResponse(responseCode = "201", description = "The address; its key survives the end of the process")
    @Problems({Problem.RULE_BROKEN, Problem.NOT_READY})
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    AddressView newAddress(@RequestBody(required = false) Optional<LabelBody> body) {
        return answer(Answers.of(wallet.newAddress(LabelBody.checked(body))));
    }

    @Operation(operationId = "labelWalletAddress", summary = "Label an address",
            description = "Of an address that was handed out; without a label, it "
                    + "has none from now on.")
    @ApiResponse(responseCode = "200", description = "The address")
    @Problems({Problem.INVALID_VALUE, Problem.NOT_FOUND, Problem.RULE_BROKEN, Problem.NOT_READY})
    @PutMapping(path = "/{address}", consumes = MediaType.APPLICATION_JSON_VALUE)
    AddressView label(
            @Parameter(description = "One that was handed out",
                    example = Examples.ADDRESS) @PathVariable String address,
            @RequestBody LabelBody body) {
        Address own = Parameters.address("address", address);
        return answer(Answers.of(wallet.label(own, LabelBody.checked(Optional.of(body))))
                .orElseThrow(() -> Refusal.notFound("address of this wallet that was handed out,", own)));
    }

    private static AddressView answer(Outcome<GivenAddress> outcome) {
        return switch (outcome) {
            case Outcome.Passed<GivenAddress>(GivenAddress given) -> AddressView.of(given);
            case Outcome.Refused<GivenAddress>(Violation violation) -> throw new Refusal(violation);
        };
    }

    @Operation(operationId = "listWalletAddresses", summary = "The addresses that were handed out",
            description = "Mining pays to the first. Addresses of "
                    + "change, a fresh one for each payment, are not among them.")
    @ApiResponse(responseCode = "200", description = "A page")
    @Problems(Problem.INVALID_VALUE)
    @GetMapping
    Page<AddressView> addresses(
            @Parameter(description = Examples.CURSOR_TEXT, schema = @Schema(type = "string")) @RequestParam Optional<
                    String> cursor,
            @RequestParam(defaultValue = Page.DEFAULT_ITEMS) int limit) {
        int fromIndex = (int) Math.min(Integer.MAX_VALUE, Parameters.position(cursor, 0));
        List<GivenAddress> oneMore = wallet.addresses(fromIndex, Parameters.limit(limit) + 1);
        return Page.of(oneMore, limit, it -> it.address().index() + 1L).map(AddressView::of);
    }
}
