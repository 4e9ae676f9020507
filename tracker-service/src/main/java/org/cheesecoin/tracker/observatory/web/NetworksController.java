package org.cheesecoin.tracker.observatory.web;

import java.time.InstantSource;

import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.consensus.Moment;
import org.cheesecoin.tracker.observatory.NetworkMap;
import org.cheesecoin.tracker.registry.Registry;
import org.cheesecoin.tracker.registry.web.Examples;
import org.cheesecoin.web.MonotonicClock;
import org.cheesecoin.web.Parameters;
import org.cheesecoin.web.Problem;
import org.cheesecoin.web.ProblemDocument;
import org.cheesecoin.web.Problems;
import org.cheesecoin.web.Refusal;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

/** A look at a whole network. */
@RestController
@Tag(name = "Networks", description = "A network as its members describe it")
class NetworksController {

    private final Registry registry;
    private final InstantSource clock;
    private final MonotonicClock steady;

    NetworksController(Registry registry, InstantSource clock, MonotonicClock steady) {
        this.registry = registry;
        this.clock = clock;
        this.steady = steady;
    }

    @Operation(operationId = "getNetwork", summary = "Members, tips and links of a network",
            description = "What the listed members last said of themselves; nobody checked it but for id and URL.")
    @ApiResponse(responseCode = "200", description = "The network")
    @Problems(Problem.UNKNOWN_NETWORK)
    @GetMapping(path = "/networks/{networkId}", produces = MediaType.APPLICATION_JSON_VALUE)
    NetworkBody network(
            @Parameter(description = "The network's id, 64 hex digits",
                    example = Examples.NETWORK_ID) @PathVariable String networkId) {
        Smell id = Parameters.smell("networkId", networkId);
        return registry.network(id, NetworkMap.MAX_MEMBERS, new Moment(clock.millis(), steady.millis()))
                .map(NetworkMap::of)
                .map(NetworkBody::of)
                .orElseThrow(() -> new Refusal(ProblemDocument
                        .of(Problem.UNKNOWN_NETWORK, "Its members may be registered with another tracker")
                        .with("networkId", id.toHex())));
    }
}
