package org.cheesecoin.member.explorer.web;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.cheesecoin.chain.cheese.Address;
import org.cheesecoin.chain.consensus.Network;
import org.cheesecoin.chain.consensus.NetworkParameters;
import org.cheesecoin.chain.consensus.PlacedCoin;
import org.cheesecoin.member.explorer.AddressBrowser;
import org.cheesecoin.member.explorer.AddressBrowser.Indexed;
import org.cheesecoin.member.explorer.PendingByAddress;
import org.cheesecoin.member.node.web.LoopCalls;
import org.cheesecoin.member.persistence.AddressReader;
import org.cheesecoin.member.persistence.Slice;
import org.cheesecoin.member.web.Open;
import org.cheesecoin.web.Page;
import org.cheesecoin.web.Parameters;
import org.cheesecoin.web.Problem;
import org.cheesecoin.web.Problems;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;

/** What addresses have. An address that was never paid has nothing, and is no error. */
@RestController
@Open
@RequestMapping("/addresses/{address}")
@Tag(name = "Addresses")
class AddressesController {

    private static final String ADDRESS = "As cheese1…, 47 characters";

    private final AddressBrowser browser;
    private final PendingByAddress waiting;
    private final LoopCalls loop;
    private final NetworkParameters network;

    AddressesController(AddressBrowser browser, PendingByAddress waiting, LoopCalls loop, Network network) {
        this.browser = browser;
        this.waiting = waiting;
        this.loop = loop;
        this.network = network.parameters();
    }

    @Schema(name = "AddressBalance")
    record BalanceView(
            String address,
            @Schema(description = "All its coins together") long balanceCrumbs,
            @Schema(description = "What the next cheese may spend") long spendableCrumbs,
            @Schema(description = "Coinbases that are too young") long immatureCrumbs,
            @Schema(description = "What payments that wait give it") long pendingCrumbs,
            @Schema(description = "What payments that wait take from it, of its coins and of pendingCrumbs; what they "
                    + "give back to the same address counts as pending") long pendingOutCrumbs,
            @Schema(description = "Its coins") long coinCount,
            @Schema(description = "The cheeses up to this height count, and none above it") int indexedHeight) {

        static BalanceView of(
                Address address, Indexed<AddressReader.Balance> read, PendingByAddress.Sums pending) {
            AddressReader.Balance balance = read.value();
            return new BalanceView(address.toString(), balance.crumbs(),
                    balance.crumbs() - balance.immatureCrumbs(), balance.immatureCrumbs(), pending.inCrumbs(),
                    pending.outCrumbs(), balance.coins(), read.indexedHeight());
        }
    }

    @Schema(name = "Coin")
    record CoinView(
            String txid,
            @Schema(description = "Which output of the transaction") int index,
            long amountCrumbs,
            @Schema(description = "Of the cheese that made it") int height,
            @Schema(allowableValues = {
                    "coinbase", "payment"}, description = "What made it") String origin,
            @Schema(description = "The lowest height at which it may be spent") int spendableFromHeight){

        static CoinView of(PlacedCoin placed, NetworkParameters network) {
            return new CoinView(placed.outPoint().txid().toHex(), placed.outPoint().index(),
                    placed.coin().amount().crumbs(), placed.coin().height(),
                    placed.coin().origin().name().toLowerCase(Locale.ROOT), placed.coin().spendableFrom(network));
        }
    }

    @Schema(name = "AddressCoins")
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record CoinsPage(List<CoinView> items, Optional<String> nextCursor, int indexedHeight) {}

    @Schema(name = "AddressTransactions")
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record HistoryPage(List<TransactionSummary> items, Optional<String> nextCursor, int indexedHeight) {}

    @GetMapping
    @Operation(operationId = "getAddress", summary = "What an address has")
    @Problems(Problem.INDEX_OFF)
    BalanceView balance(@Parameter(description = ADDRESS) @PathVariable String address) {
        Address wanted = Parameters.address("address", address);
        Indexing.require(browser);
        PendingByAddress.Sums pending = loop.ask(_ -> waiting.sums(wanted));
        return BalanceView.of(wanted, browser.balance(wanted), pending);
    }

    @GetMapping("/coins")
    @Operation(operationId = "listAddressCoins", summary = "The unspent outputs of an address")
    @Problems(Problem.INDEX_OFF)
    CoinsPage coins(
            @Parameter(description = ADDRESS) @PathVariable String address,
            @Parameter(description = "The nextCursor of the page before") @RequestParam Optional<String> cursor,
            @RequestParam(defaultValue = Page.DEFAULT_ITEMS) int limit) {
        Address wanted = Parameters.address("address", address);
        int count = Parameters.limit(limit);
        Indexing.require(browser);
        Indexed<Slice<PlacedCoin>> read = browser.coins(wanted, cursor, count);
        return new CoinsPage(read.value().items().stream().map(it -> CoinView.of(it, network)).toList(),
                read.value().next(), read.indexedHeight());
    }

    @GetMapping("/transactions")
    @Operation(operationId = "listAddressTransactions", summary = "What happened to an address, newest first")
    @Problems(Problem.INDEX_OFF)
    HistoryPage transactions(
            @Parameter(description = ADDRESS) @PathVariable String address,
            @Parameter(description = "The nextCursor of the page before") @RequestParam Optional<String> cursor,
            @RequestParam(defaultValue = Page.DEFAULT_ITEMS) int limit) {
        Address wanted = Parameters.address("address", address);
        int count = Parameters.limit(limit);
        Indexing.require(browser);
        Indexed<Slice<AddressReader.Entry>> read = browser.history(wanted, cursor, count);
        return new HistoryPage(
                read.value().items().stream()
                        .map(it -> TransactionSummary.of(it, read.indexedHeight()))
                        .toList(),
                read.value().next(), read.indexedHeight());
    }
}
