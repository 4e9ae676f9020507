package org.cheesecoin.member.wallet.web;

import java.util.Locale;
import java.util.Optional;

import org.cheesecoin.member.wallet.GivenAddress;
import org.cheesecoin.member.web.Examples;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.swagger.v3.oas.annotations.media.Schema;

/** A receiving address of the wallet. */
@Schema(name = "WalletAddress")
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record AddressView(
        @Schema(description = "Where others pay to", example = Examples.ADDRESS) String address,
        @Schema(description = "Where its key stands under the recovery words (BIP-32)",
                example = Examples.PATH) String path,
        @Schema(description = "Whether the stack has seen it", allowableValues = {
                "unused", "used"}, example = "unused") String state,
        @Schema(description = "What the owner calls it", example = "rent") Optional<String> label){

    static AddressView of(GivenAddress given) {
        return new AddressView(given.address().address().toString(), given.path(),
                given.state().name().toLowerCase(Locale.ROOT), given.label());
    }
}
