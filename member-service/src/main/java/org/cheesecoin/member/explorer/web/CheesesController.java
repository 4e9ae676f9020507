package org.cheesecoin.member.explorer.web;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import org.cheesecoin.chain.cheese.Coinbase;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.cheese.Transaction;
import org.cheesecoin.member.explorer.CheeseBrowser;
import org.cheesecoin.member.explorer.CheeseBrowser.Branches;
import org.cheesecoin.member.explorer.CheeseBrowser.Opened;
import org.cheesecoin.member.explorer.CheeseBrowser.Seen;
import org.cheesecoin.member.persistence.Slice;
import org.cheesecoin.member.web.Open;
import org.cheesecoin.web.DearReads;
import org.cheesecoin.web.Page;
import org.cheesecoin.web.Parameters;
import org.cheesecoin.web.Problem;
import org.cheesecoin.web.Problems;
import org.cheesecoin.web.Refusal;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

/** The stack. */
@RestController
@Open
@RequestMapping("/cheeses")
@Tag(name = "Cheeses")
class CheesesController {

    private static final String SMELL = "Hash of the header, 64 hex digits";

    private final CheeseBrowser browser;
    private final DearReads dear;

    CheesesController(CheeseBrowser browser, DearReads dear) {
        this.browser = browser;
        this.dear = dear;
    }

    @Schema(name = "TransactionInCheese")
    record Line(
            @Schema(description = "Place in the cheese; the coinbase's is 0") int position,
            String txid,
            @Schema(allowableValues = {
                    "coinbase", "payment"}) String kind,
            @Schema(description = "The sum of its outputs") long amountCrumbs,
            int inputCount,
            int outputCount,
            int sizeBytes){

        static Line of(int position, Transaction transaction) {
            int inputs = switch (transaction) {
                case Payment payment -> payment.inputs().size();
                case Coinbase _ -> 0;
            };
            return new Line(position, transaction.txid().toHex(), TransactionView.kind(transaction),
                    transaction.outputSum().crumbs(), inputs, transaction.outputs().size(), transaction.sizeBytes());
        }
    }

    @GetMapping
    @Operation(operationId = "listCheeses", summary = "Cheeses, newest first",
            description = "With branch=all those of side branches too, marked by onBestBranch; "
                    + "with branch=side only those.")
    Page<CheeseView> cheeses(
            @Parameter(description = "best: the branch with the most work; side: what stands beside it; all: both",
                    schema = @Schema(allowableValues = {"all", "best", "side"}, defaultValue = "all")) @RequestParam(
                            defaultValue = "all") String branch,
            @Parameter(description = "The nextCursor of the page before") @RequestParam Optional<String> cursor,
            @RequestParam(defaultValue = Page.DEFAULT_ITEMS) int limit) {
        Slice<Seen> slice = browser.list(Parameters.oneOf("branch", branch, Branches.class), cursor,
                Parameters.limit(limit));
        return new Page<>(slice.items().stream().map(CheeseView::of).toList(), slice.next());
    }

    @GetMapping("/tip")
    @Operation(operationId = "getTip", summary = "The highest cheese of the best branch")
    CheeseView tip() {
        return CheeseView.of(browser.tip()
                .orElseThrow(() -> Refusal.retryLater(Problem.NOT_READY, "The member is starting", 1)));
    }

    @GetMapping("/{id}")
    @Operation(operationId = "getCheese",
            summary = "One cheese, by its smell on any branch, or by its height on the best branch")
    @Problems(Problem.NOT_FOUND)
    CheeseView cheese(@Parameter(description = "64 hex digits, or a height", example = "0") @PathVariable String id) {
        return CheeseView.of(find(id));
    }

    @GetMapping(path = "/{smell}/raw", produces = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    @Operation(operationId = "getCheeseEncoding",
            summary = "One cheese as its encoding, byte by byte as protocol.md says")
    @ApiResponse(responseCode = "200", description = "The encoding",
            content = @Content(mediaType = MediaType.APPLICATION_OCTET_STREAM_VALUE,
                    schema = @Schema(type = "string", format = "binary")))
    @Problems(Problem.NOT_FOUND)
    byte[] raw(@Parameter(description = SMELL) @PathVariable String smell) {
        Smell wanted = Parameters.smell("smell", smell);
        return browser.encoded(wanted).orElseThrow(() -> Refusal.notFound("cheese", wanted));
    }

    @GetMapping("/{smell}/transactions")
    @Operation(operationId = "listCheeseTransactions", summary = "What is in one cheese, in its order")
    @Problems(Problem.NOT_FOUND)
    Page<Line> transactions(
            @Parameter(description = SMELL) @PathVariable String smell,
            @Parameter(description = "The nextCursor of the page before") @RequestParam Optional<String> cursor,
            @RequestParam(defaultValue = Page.DEFAULT_ITEMS) int limit) {
        Smell wanted = Parameters.smell("smell", smell);
        int count = Parameters.limit(limit);
        int offset = Parameters.offset(cursor);
        return dear.inTurn(() -> lines(wanted, offset, count));
    }

    private Page<Line> lines(Smell wanted, int offset, int count) {
        Opened opened = browser.open(wanted).orElseThrow(() -> Refusal.notFound("cheese", wanted));
        List<Transaction> all = opened.cheese().transactions();
        int from = Math.min(offset, all.size());
        int to = Math.min(from + count, all.size());
        List<Line> lines = IntStream.range(from, to).mapToObj(it -> Line.of(it, all.get(it))).toList();
        return new Page<>(lines, to < all.size() ? Optional.of(Integer.toString(to)) : Optional.empty());
    }

    private Seen find(String id) {
        if (!id.matches("[0-9]{1,10}")) {
            Smell smell = Parameters.smell("id", id);
            return browser.cheese(smell).orElseThrow(() -> Refusal.notFound("cheese", smell));
        }
        long height = Long.parseLong(id);
        if (height > Integer.MAX_VALUE) {
            throw Refusal.invalid("id", height, "a height from 0 to " + Integer.MAX_VALUE + ", or a smell");
        }
        return browser.cheeseAt((int) height)
                .orElseThrow(() -> Refusal.notFound("cheese at height", height));
    }
}
