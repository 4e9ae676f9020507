package org.cheesecoin.member.explorer.web;

import org.cheesecoin.member.explorer.AddressBrowser;
import org.cheesecoin.member.persistence.IndexFollower;
import org.cheesecoin.member.web.OwnerOnly;
import org.cheesecoin.web.Problem;
import org.cheesecoin.web.Problems;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

/** The owner's hand on the index of transactions and addresses. */
@RestController
@OwnerOnly
@Tag(name = "Node")
class IndexController {

    private final AddressBrowser addresses;
    private final IndexFollower index;

    IndexController(AddressBrowser addresses, IndexFollower index) {
        this.addresses = addresses;
        this.index = index;
    }

    @PostMapping("/index/rebuild")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(operationId = "rebuildIndex",
            summary = "Throw the index of transactions and addresses away and build it again from the stack",
            description = "How far it is shows as sync.indexedHeight in GET /node. A member that is stopped or killed "
                    + "on the way goes on at its next start.")
    @ApiResponse(responseCode = "202", description = "The old index is gone and the new one begins",
            content = @Content)
    @Problems(Problem.INDEX_OFF)
    void rebuild() {
        Indexing.requireOn(addresses);
        index.rebuild();
    }
}
