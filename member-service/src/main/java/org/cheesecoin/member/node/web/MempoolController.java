package org.cheesecoin.member.node.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.cheesecoin.chain.cheese.FeeRate;
import org.cheesecoin.chain.mempool.FeeEstimate;
import org.cheesecoin.chain.mempool.Mempool;
import org.cheesecoin.chain.mempool.MempoolEntry;
import org.cheesecoin.member.node.LoopAccess;
import org.cheesecoin.member.web.Open;
import org.cheesecoin.web.Page;
import org.cheesecoin.web.Parameters;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;

/** What waits for a cheese, and what it takes to be in one. */
@RestController
@Open
@Tag(name = "Mempool")
class MempoolController {

    private final LoopCalls loop;

    MempoolController(LoopCalls loop) {
        this.loop = loop;
    }

    @Schema(name = "MempoolEntry")
    record EntryView(
            String txid,
            long feeCrumbs,
            int sizeBytes,
            @Schema(description = "Crumbs for each byte") double feeRate,
            @Schema(description = "The rate at which a miner counts it, its unconfirmed parents included") double miningRate,
            int ancestorCount,
            int descendantCount,
            @Schema(description = "The sum of its outputs") long amountCrumbs,
            @Schema(description = "When it came, milliseconds since 1970") long arrivedMillis) {

        static EntryView of(MempoolEntry entry) {
            return new EntryView(entry.txid().toHex(), entry.fee().crumbs(), entry.sizeBytes(),
                    entry.feeRate().crumbsPerByte(), entry.miningRate().crumbsPerByte(), entry.ancestorCount(),
                    entry.descendantCount(), entry.payment().outputSum().crumbs(), entry.arrivedMillis());
        }
    }

    @Schema(name = "Mempool")
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record MempoolView(
            @Schema(description = "Payments that wait") int count,
            @Schema(description = "Their encodings together") long sizeBytes,
            @Schema(description = "Memory that they take, about") long memoryBytes,
            @Schema(description = "Crumbs a byte that a payment needs to come in") double minimumFeeRate,
            @Schema(description = "In the order in which a miner takes them") List<EntryView> items,
            @Schema(description = "Cursor of the next page; left out on the last") Optional<String> nextCursor) {}

    @Schema(name = "Fees")
    record FeesView(
            @Schema(description = "Crumbs a byte that a payment needs to come in") double minimumFeeRate,
            List<Within> estimates) {

        @Schema(name = "FeeWithin")
        record Within(
                @Schema(description = "To be in one of the next so many cheeses") int cheeses,
                @Schema(description = "Crumbs a byte") double feeRate) {}

        static FeesView of(FeeEstimate estimate) {
            List<Within> estimates = new ArrayList<>();
            for (FeeRate rate : estimate.withinCheeses()) {
                estimates.add(new Within(estimates.size() + 1, rate.crumbsPerByte()));
            }
            return new FeesView(estimate.minimum().crumbsPerByte(), estimates);
        }
    }

    @GetMapping("/mempool")
    @Operation(operationId = "listMempool", summary = "What waits for a cheese, best fee rate first",
            description = "The mempool moves between two pages, so an entry may show twice or not at all.")
    MempoolView mempool(
            @Parameter(description = "The nextCursor of the page before") @RequestParam Optional<String> cursor,
            @RequestParam(defaultValue = Page.DEFAULT_ITEMS) int limit) {
        int count = Parameters.limit(limit);
        int offset = Parameters.offset(cursor);
        return loop.ask(access -> page(access, offset, count));
    }

    private static MempoolView page(LoopAccess access, int offset, int limit) {
        Mempool mempool = access.node().mempool();
        List<EntryView> items = mempool.entriesByRate(offset, limit).stream().map(EntryView::of).toList();
        int end = offset + items.size();
        Optional<String> next = !items.isEmpty() && end < mempool.count() ? Optional.of(Integer.toString(end))
                : Optional.empty();
        return new MempoolView(mempool.count(), mempool.sizeBytes(), mempool.memoryBytes(),
                mempool.minimumRate(access.steadyMillis()).crumbsPerByte(), items, next);
    }

    @GetMapping("/fees")
    @Operation(operationId = "getFees", summary = "What a payment should pay now, by how soon it is to be confirmed")
    FeesView fees() {
        return FeesView.of(loop.ask(access -> access.node().mempool().estimate(access.steadyMillis())));
    }
}
