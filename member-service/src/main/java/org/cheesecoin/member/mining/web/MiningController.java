package org.cheesecoin.member.mining.web;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.chain.consensus.Network;
import org.cheesecoin.chain.consensus.NetworkParameters;
import org.cheesecoin.member.mining.Miner;
import org.cheesecoin.member.mining.MiningOrder;
import org.cheesecoin.member.mining.OnDemandMiner;
import org.cheesecoin.member.mining.PayTo;
import org.cheesecoin.member.settings.MemberProperties;
import org.cheesecoin.member.web.Open;
import org.cheesecoin.member.web.OwnerOnly;
import org.cheesecoin.web.Problem;
import org.cheesecoin.web.ProblemDocument;
import org.cheesecoin.web.Problems;
import org.cheesecoin.web.Refusal;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

/** What the owner wants of the miner. */
@RestController
@RequestMapping("/mining")
@Tag(name = "Mining")
class MiningController {

    /** Most cheeses of one request. */
    static final int MAX_CHEESES = 1_000;

    private final Miner miner;
    private final OnDemandMiner onDemand;
    private final PayTo payTo;
    private final NetworkParameters network;

    MiningController(Miner miner, OnDemandMiner onDemand, PayTo payTo, Network network) {
        this.miner = miner;
        this.onDemand = onDemand;
        this.payTo = payTo;
        this.network = network.parameters();
    }

    @Schema(name = "Mining")
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record MiningView(
            @Schema(description = "Whether the schedule mines") boolean enabled,
            @Schema(description = "Nonces to try in a second; 0 for all that the machine can",
                    example = "50000") long hashesPerSecond,
            @Schema(description = "Nonces tried in a second, over the last ten") long measuredHashesPerSecond,
            @Schema(description = "Nonces tried since the start") long totalHashes,
            @Schema(description = "Whether this network may be mined by schedule") boolean scheduleAllowed,
            @Schema(description = "Whether POST /mining/cheeses mines") boolean onDemandAllowed,
            @Schema(description = "Whom the cheeses pay") String address,
            @Schema(description = "Why it searches nothing though it is on; left out while it searches") Optional<
                    Wait> waitsFor) {}

    /** What stands against any cheese of now. */
    @Schema(name = "MiningWait")
    record Wait(
            @Schema(description = "The rule", example = "HDR-TIME-EARLY") String rule,
            @Schema(description = "For people", example = "Set the clock of this machine") String message,
            @Schema(description = "What it was found by", example = """
                    {"clockMillis": "1790000000000", "parentTimeMillis": "1790003600000"}""") Map<String,
                    String> values) {

        static Wait of(Violation violation) {
            return new Wait(violation.rule().id(),
                    violation.message()
                            + ": it mines again when the clock of this machine has come near the tip's time",
                    violation.values());
        }
    }

    @Schema(name = "MiningWish")
    record Wish(
            @Schema(description = "Whether the schedule is to mine") boolean enabled,
            @Schema(description = "Nonces to try in a second, 0 for all that the machine can; left out: as before",
                    minimum = "0", maximum = "1000000000000", example = "50000") Optional<
                            Long> hashesPerSecond) {}

    @Schema(name = "CheesesWanted")
    record Wanted(
            @Schema(description = "How many", minimum = "1", maximum = "1000", example = "10") int count) {}

    @Schema(name = "CheesesMined")
    record MinedView(List<Item> cheeses) {

        @Schema(name = "CheeseMined")
        record Item(String smell, int height) {}

        static MinedView of(List<Cheese> cheeses) {
            return new MinedView(cheeses.stream().map(it -> new Item(it.smell().toHex(), it.height())).toList());
        }
    }

    @Open
    @GetMapping
    @Operation(operationId = "getMining", summary = "Whether and how fast this member mines")
    MiningView mining() {
        MiningOrder order = miner.order();
        return new MiningView(order.schedule() == MiningOrder.Schedule.ON, order.hashesPerSecond(),
                miner.hashesPerSecond(), miner.totalHashes(), isScheduleAllowed(),
                network.onDemandMining() == NetworkParameters.OnDemandMining.ALLOWED, payTo.address().toString(),
                miner.waitsFor().map(Wait::of));
    }

    @OwnerOnly
    @PutMapping
    @Operation(operationId = "steerMining",
            summary = "Switch the schedule on or off, or let it search faster or slower",
            description = "Holds until the member stops; its settings say what it starts with. After the answer to off "
                    + "nothing is mined, also not by a POST /mining/cheeses that came before.")
    @Problems({Problem.CONFLICT, Problem.NOT_READY})
    MiningView steer(@RequestBody Wish wish) {
        long hashesPerSecond = wish.hashesPerSecond().orElse(miner.order().hashesPerSecond());
        if (hashesPerSecond < 0 || hashesPerSecond > MemberProperties.Mining.MAX_HASHES_PER_SECOND) {
            throw Refusal.invalid("hashesPerSecond", hashesPerSecond,
                    "from 0 to " + MemberProperties.Mining.MAX_HASHES_PER_SECOND);
        }
        if (wish.enabled() && !isScheduleAllowed()) {
            throw new Refusal(ProblemDocument.of(Problem.CONFLICT,
                    "The target of this network stays trivial, so a schedule would flood it: "
                            + "use POST /mining/cheeses")
                    .with("network", network.name()));
        }
        follow(new MiningOrder(wish.enabled() ? MiningOrder.Schedule.ON : MiningOrder.Schedule.OFF, hashesPerSecond));
        return mining();
    }

    private void follow(MiningOrder order) {
        try {
            miner.follow(order);
            if (order.schedule() == MiningOrder.Schedule.OFF) {
                onDemand.halt();
            }
        } catch (TimeoutException e) {
            throw new Refusal(ProblemDocument.of(Problem.NOT_READY,
                    "Nothing is searched any more, but a cheese that was found before may still come: "
                            + e.getMessage()));
        }
    }

    @OwnerOnly
    @PostMapping("/cheeses")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(operationId = "mineCheeses", summary = "Mine so many cheeses at once, on a network that allows it",
            description = "Answers when they are on the best branch and stored.")
    @ApiResponse(responseCode = "201", description = "The cheeses, lowest first", useReturnTypeSchema = true)
    @Problems(Problem.CONFLICT)
    MinedView mine(@RequestBody Wanted wanted) {
        if (wanted.count() < 1 || wanted.count() > MAX_CHEESES) {
            throw Refusal.invalid("count", wanted.count(), "from 1 to " + MAX_CHEESES);
        }
        if (network.onDemandMining() == NetworkParameters.OnDemandMining.REFUSED) {
            throw new Refusal(ProblemDocument.of(Problem.CONFLICT,
                    "Cheeses are not mined on demand on this network: only its schedule mines")
                    .with("network", network.name()));
        }
        return switch (onDemand.mine(wanted.count())) {
            case OnDemandMiner.Mined.All(List<Cheese> cheeses) -> MinedView.of(cheeses);
            case OnDemandMiner.Mined.Halted halted -> throw new Refusal(problem(halted, wanted.count()));
        };
    }

    private static ProblemDocument problem(OnDemandMiner.Mined.Halted halted, int wanted) {
        int mined = halted.cheeses().size();
        ProblemDocument problem = ProblemDocument.of(Problem.NOT_READY, "After %d of %d cheeses: %s"
                .formatted(mined, wanted, halted.reason())).with("mined", mined);
        if (halted.violation().isEmpty()) {
            return problem;
        }
        Violation violation = halted.violation().get();
        problem = problem.with("rule", violation.rule().id());
        for (Map.Entry<String, String> value : violation.values().entrySet()) {
            problem = problem.with(value.getKey(), value.getValue());
        }
        return problem;
    }

    private boolean isScheduleAllowed() {
        return network.retargeting() == NetworkParameters.Retargeting.STEPWISE;
    }
}
