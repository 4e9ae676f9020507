package org.cheesecoin.member.explorer.web;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

import org.cheesecoin.chain.cheese.Address;
import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.Txid;
import org.cheesecoin.chain.crypto.Hash256;
import org.cheesecoin.member.explorer.AddressBrowser;
import org.cheesecoin.member.explorer.AddressBrowser.Indexed;
import org.cheesecoin.member.explorer.PendingByAddress;
import org.cheesecoin.member.explorer.PendingLookup;
import org.cheesecoin.member.explorer.SeenTransaction;
import org.cheesecoin.member.explorer.TransactionFinder;
import org.cheesecoin.member.explorer.TransactionFinder.Proof;
import org.cheesecoin.member.node.web.LoopCalls;
import org.cheesecoin.member.persistence.AddressReader;
import org.cheesecoin.member.persistence.Slice;
import org.cheesecoin.member.web.Examples;
import org.cheesecoin.member.web.Open;
import org.cheesecoin.web.DearReads;
import org.cheesecoin.web.Page;
import org.cheesecoin.web.Parameters;
import org.cheesecoin.web.Problem;
import org.cheesecoin.web.ProblemDocument;
import org.cheesecoin.web.Problems;
import org.cheesecoin.web.Refusal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;

/** Looks transactions up. */
@RestController
@Open
@RequestMapping("/transactions")
@Tag(name = "Transactions")
class TransactionsController {

    private static final String TXID = "The transaction's name, 64 hex digits";

    private final TransactionFinder finder;
    private final PendingLookup lookup;
    private final PendingByAddress waiting;
    private final AddressBrowser addresses;
    private final LoopCalls loop;
    /** A transaction is read out of its whole cheese. */
    private final DearReads dear;

    TransactionsController(
            TransactionFinder finder,
            PendingLookup lookup,
            PendingByAddress waiting,
            AddressBrowser addresses,
            LoopCalls loop,
            DearReads dear) {
        this.finder = finder;
        this.lookup = lookup;
        this.waiting = waiting;
        this.addresses = addresses;
        this.loop = loop;
        this.dear = dear;
    }

    enum State {
        PENDING, CONFIRMED
    }

    @Schema(name = "TransactionProof", description = "That a transaction stands in a cheese, by RFC 6962: the leaf is "
            + "SHA-256(0 and the transaction's bytes); with index and size the path leads to the header's merkleRoot")
    record ProofView(
            String txid,
            @Schema(description = "The transaction's full encoding") String hex,
            String leaf,
            @Schema(description = "Place in the cheese") int index,
            @Schema(description = "How many transactions it has") int size,
            @ArraySchema(schema = @Schema(example = Examples.TXID),
                    arraySchema = @Schema(description = "Hashes from the leaf's sibling up")) List<String> path,
            String merkleRoot,
            String smell,
            int height,
            int confirmations,
            @Schema(description = "The 92 bytes whose SHA-256 is the smell") String header) {

        static ProofView of(Proof proof) {
            var stacked = proof.cheese().stored().header();
            return new ProofView(
                    proof.transaction().txid().toHex(),
                    HexFormat.of().formatHex(proof.transaction().toBytes()),
                    Cheese.leaf(proof.transaction()).toHex(),
                    proof.index(),
                    proof.size(),
                    proof.path().stream().map(Hash256::toHex).toList(),
                    stacked.header().merkleRoot().toHex(),
                    stacked.smell().toHex(),
                    stacked.height(),
                    proof.cheese().confirmations(),
                    HexFormat.of().formatHex(stacked.header().toBytes()));
        }
    }

    @GetMapping("/{txid}")
    @Operation(operationId = "getTransaction", summary = "One transaction with its state and its inputs resolved",
            description = "What left the mempool unconfirmed, or stood in a cheese that lost to another branch, is "
                    + "remembered for a while and until the member stops, with the reason; then it is as unknown as any "
                    + "other (404). On a member without an index what is confirmed is found only a few cheeses deep.")
    @Problems(Problem.NOT_FOUND)
    TransactionView transaction(@Parameter(description = TXID) @PathVariable String txid) {
        Txid wanted = Parameters.txid("txid", txid);
        return loop.ask(access -> lookup.pending(access, wanted))
                .or(() -> dear.inTurn(() -> finder.find(wanted)))
                .or(() -> loop.ask(access -> lookup.left(access, wanted)))
                .map(TransactionView::of)
                .orElseThrow(() -> notFound(wanted));
    }

    @GetMapping
    @Operation(operationId = "listTransactions",
            summary = "Transactions, newest first; pending ones in the order of arrival",
            description = "With address those that touch it, and what each gives it or takes from it.")
    @Problems(Problem.INDEX_OFF)
    Page<TransactionSummary> transactions(
            @Parameter(description = "pending or confirmed",
                    schema = @Schema(allowableValues = {"pending", "confirmed"},
                            defaultValue = "confirmed")) @RequestParam(
                                    defaultValue = "confirmed") String state,
            @Parameter(description = "As cheese1…, 47 characters") @RequestParam Optional<String> address,
            @Parameter(description = "The nextCursor of the page before") @RequestParam Optional<String> cursor,
            @RequestParam(defaultValue = Page.DEFAULT_ITEMS) int limit) {
        State wanted = Parameters.oneOf("state", state, State.class);
        Optional<Address> owner = address.map(it -> Parameters.address("address", it));
        int count = Parameters.limit(limit);
        return switch (wanted) {
            case PENDING -> owner.isPresent() ? waiting(owner.get(), cursor, count)
                    : page(finder.pending(cursor, count));
            case CONFIRMED -> {
                Indexing.require(addresses);
                yield owner.isPresent() ? history(owner.get(), cursor, count) : page(finder.confirmed(cursor, count));
            }
        };
    }

    @GetMapping("/{txid}/proof")
    @Operation(operationId = "getTransactionProof",
            summary = "The proof that a transaction stands in a cheese, for a client that has only headers")
    @Problems({Problem.NOT_FOUND, Problem.CONFLICT})
    ProofView proof(@Parameter(description = TXID) @PathVariable String txid) {
        Txid wanted = Parameters.txid("txid", txid);
        return dear.inTurn(() -> finder.proof(wanted).map(ProofView::of)).orElseThrow(() -> dear
                .inTurn(() -> finder.find(wanted)).isPresent()
                        ? new Refusal(Problem.CONFLICT,
                                "The transaction is pending: there is no cheese to prove it in yet")
                        : notFound(wanted));
    }

    private static Page<TransactionSummary> page(Slice<SeenTransaction> slice) {
        return new Page<>(slice.items().stream().map(TransactionSummary::of).toList(), slice.next());
    }

    private Page<TransactionSummary> history(Address owner, Optional<String> cursor, int limit) {
        Indexed<Slice<AddressReader.Entry>> read = addresses.history(owner, cursor, limit);
        return new Page<>(
                read.value().items().stream()
                        .map(it -> TransactionSummary.of(it, read.indexedHeight()))
                        .toList(),
                read.value().next());
    }

    private Page<TransactionSummary> waiting(Address owner, Optional<String> cursor, int limit) {
        long after = Parameters.position(cursor, 0);
        List<PendingByAddress.Line> oneMore = loop.ask(_ -> waiting.lines(owner, after, limit + 1));
        return Page.of(oneMore, limit, PendingByAddress.Line::number).map(TransactionSummary::of);
    }

    private Refusal notFound(Txid txid) {
        if (addresses.index() == AddressBrowser.Index.OFF) {
            return new Refusal(ProblemDocument.of(Problem.NOT_FOUND,
                    "There is no transaction %s in the mempool or the newest cheeses, and this member keeps no index"
                            .formatted(txid)));
        }
        return Refusal.notFound("transaction", txid);
    }
}
