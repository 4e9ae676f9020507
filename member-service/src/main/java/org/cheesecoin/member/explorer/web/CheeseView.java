package org.cheesecoin.member.explorer.web;

import java.util.HexFormat;

import org.cheesecoin.chain.cheese.CheeseHeader;
import org.cheesecoin.member.explorer.CheeseBrowser.Seen;
import org.cheesecoin.member.persistence.StoredCheese;

import io.swagger.v3.oas.annotations.media.Schema;

/** A cheese without its transactions. */
@Schema(name = "Cheese")
record CheeseView(
        String smell,
        int height,
        String parentSmell,
        @Schema(description = "When it was mined, milliseconds since 1970") long timeMillis,
        String merkleRoot,
        @Schema(description = "What the smell may be at most, in compact form, 8 hex digits",
                example = "1e0b2f4f") String target,
        @Schema(description = "16 hex digits") String nonce,
        @Schema(description = "Hashes in all cheeses up to this one, a decimal number") String totalWork,
        @Schema(description = "Whether it stands on the branch with the most work") boolean onBestBranch,
        @Schema(description = "Cheeses of the best branch from this one up; 0 on a side branch") int confirmations,
        int sizeBytes,
        @Schema(description = "The coinbase among them") int transactionCount) {

    static CheeseView of(Seen seen) {
        StoredCheese stored = seen.stored();
        CheeseHeader header = stored.header().header();
        return new CheeseView(
                stored.header().smell().toHex(),
                header.height(),
                header.parentSmell().toHex(),
                header.timeMillis(),
                header.merkleRoot().toHex(),
                HexFormat.of().toHexDigits(header.compactTarget()),
                HexFormat.of().toHexDigits(header.nonce()),
                stored.header().totalWork().hashes().toString(),
                stored.branch() == StoredCheese.Branch.BEST,
                seen.confirmations(),
                stored.sizeBytes(),
                stored.transactionCount());
    }
}
