package org.cheesecoin.member.explorer.web;

import java.util.Optional;

import org.cheesecoin.member.explorer.SupplyReader;
import org.cheesecoin.member.explorer.SupplyReader.Burned;
import org.cheesecoin.member.explorer.SupplyReader.Supply;
import org.cheesecoin.member.web.Open;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;

/** How much money there is. */
@RestController
@Open
@Tag(name = "Cheeses")
class SupplyController {

    private final SupplyReader reader;

    SupplyController(SupplyReader reader) {
        this.reader = reader;
    }

    @Schema(name = "Supply")
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record SupplyView(
            @Schema(description = "Of the tip", example = "1234") int height,
            @Schema(description = "What the Blue Cheese made", example = "0") long allocatedCrumbs,
            @Schema(description = "The subsidies of all cheeses up to the tip, claimed or not",
                    example = "123400000000") long minedCrumbs,
            @Schema(description = "The subsidies of all cheeses to come",
                    example = "299876595000000") long toComeCrumbs,
            @Schema(description = "All that there can ever be: allocated, mined and to come",
                    example = "299999995000000") long capCrumbs,
            @Schema(description = "What coinbases up to indexedHeight left unclaimed: nobody has it. "
                    + "Left out on a member without an index", example = "0") Optional<Long> burnedCrumbs,
            @Schema(description = "Up to which height burnedCrumbs counts") Optional<Integer> indexedHeight,
            @Schema(description = "What the next cheese may make beside its fees",
                    example = "100000000") long subsidyCrumbs,
            @Schema(description = "The first height at which the subsidy is half of that; left out where it ends",
                    example = "1500001") Optional<Integer> nextHalvingHeight) {

        static SupplyView of(Supply supply) {
            return new SupplyView(supply.height(), supply.allocatedCrumbs(), supply.minedCrumbs(),
                    supply.toComeCrumbs(), supply.capCrumbs(), supply.burned().map(Burned::crumbs),
                    supply.burned().map(Burned::indexedHeight), supply.subsidyCrumbs(), supply.nextHalvingHeight());
        }
    }

    @GetMapping("/supply")
    @Operation(operationId = "getSupply", summary = "How much money there is, and how much is to come")
    SupplyView supply() {
        return SupplyView.of(reader.supply());
    }
}
