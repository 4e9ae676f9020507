package org.cheesecoin.member.wallet.web;

import java.util.Optional;

import org.cheesecoin.chain.wallet.Balance;
import org.cheesecoin.member.wallet.WalletBalance;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.swagger.v3.oas.annotations.media.Schema;

/** The answer to {@code GET /wallet}. */
@Schema(name = "Wallet", description = "What the wallet has, in crumbs; 100,000,000 crumbs are 1 CHEESE")
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record WalletView(
        @Schema(description = "In the stack, mature, and promised to nobody",
                example = "300000000") long spendableCrumbs,
        @Schema(description = "On its way: outputs to the wallet of payments that wait for a cheese, its own change "
                + "among them", example = "49999774") long pendingCrumbs,
        @Schema(description = "From own cheeses that are too young to be spent",
                example = "1000000000") long immatureCrumbs,
        @Schema(description = "Coins that a waiting payment spends, in full; they are in no other sum",
                example = "100000000") long pendingOutCrumbs,
        @Schema(description = "When the stack has this height, more is spendable; left out where nothing is immature",
                implementation = Integer.class, example = "43",
                requiredMode = Schema.RequiredMode.NOT_REQUIRED) Optional<Integer> nextMatureHeight,
        @Schema(description = "Up to this height the wallet has read the stack", example = "42") int height,
        @Schema(description = "The stack's height; more than height only while the wallet reads an older stack",
                example = "42") int tipHeight) {

    static WalletView of(WalletBalance wallet) {
        Balance balance = wallet.balance();
        return new WalletView(
                balance.spendable().crumbs(),
                balance.pendingIn().crumbs(),
                balance.immature().crumbs(),
                balance.pendingOut().crumbs(),
                balance.nextMaturesAtHeight().stream().boxed().findFirst(),
                wallet.height(),
                wallet.tipHeight());
    }
}
