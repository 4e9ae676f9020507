package org.cheesecoin.member.wallet.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.cheesecoin.chain.wallet.Balance;
import org.cheesecoin.chain.wallet.KeyChain;
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
                example = "43") Optional<Integer> nextMatureHeight,
        @Schema(description = "The same sums part by part with their reasons; parts of nothing are left out") List<
                PartView> parts,
        @Schema(description = "Up to this height the wallet has read the stack", example = "42") int height,
        @Schema(description = "The stack's height; more than height only while the wallet reads an older stack",
                example = "42") int tipHeight,
        @Schema(description = "While the balance is not whole yet: how far the reading has come") Optional<
                RestoringView> restoring,
        @Schema(description = "Whether the owner has acknowledged the recovery words; until then a lost disk may mean "
                + "lost money", example = "true") boolean wordsAcknowledged,
        @Schema(description = "So many receiving addresses may be out unused, and so far a restore looks",
                example = "1000") int gapLimit) {

    /** Most parts for immature coins; what matures later is in the last one. */
    static final int MAX_IMMATURE_PARTS = 20;

    /** A part of the balance. */
    @Schema(name = "BalancePart")
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record PartView(
            @Schema(description = "Which", allowableValues = {
                    "spendable", "pendingIn", "pendingOut", "immature"}, example = "immature") String part,
            @Schema(description = "How much", example = "100000000") long amountCrumbs,
            @Schema(description = "Why it is there, for people",
                    example = "Mined, and too young to be spent") String reason,
            @Schema(description = "When the stack has this height, it is spendable",
                    example = "43") Optional<Integer> maturesAtHeight){}

    /** How far the wallet has come. */
    @Schema(name = "WalletRestoring")
    record RestoringView(
            @Schema(description = "Read up to here", example = "4200") int height,
            @Schema(description = "Of so many as the member knows of now", example = "60000") int of) {}

    static WalletView of(WalletBalance wallet, boolean wordsAcknowledged) {
        Balance balance = wallet.balance();
        return new WalletView(
                balance.spendable().crumbs(),
                balance.pendingIn().crumbs(),
                balance.immature().crumbs(),
                balance.pendingOut().crumbs(),
                balance.nextMaturesAtHeight().stream().boxed().findFirst(),
                parts(balance),
                wallet.height(),
                wallet.tipHeight(),
                wallet.isRestoring()
                        ? Optional.of(new RestoringView(wallet.height(), wallet.goalHeight()))
                        : Optional.empty(),
                wordsAcknowledged,
                KeyChain.GAP_LIMIT);
    }

    private static List<PartView> parts(Balance balance) {
        List<PartView> parts = new ArrayList<>();
        parts.add(part("spendable", balance.spendable().crumbs(), "In the stack, mature, and promised to nobody"));
        parts.add(part("pendingIn", balance.pendingIn().crumbs(),
                "Outputs to the wallet of payments that wait for a cheese, its own change among them"));
        parts.add(part("pendingOut", balance.pendingOut().crumbs(),
                "Coins that payments spend which wait for a cheese; what does not leave the wallet is in pendingIn"));
        List<Balance.Maturing> maturing = balance.maturing();
        for (int i = 0; i < Math.min(maturing.size(), MAX_IMMATURE_PARTS); i++) {
            boolean isLast = i == MAX_IMMATURE_PARTS - 1;
            List<Balance.Maturing> these = isLast ? maturing.subList(i, maturing.size()) : List.of(maturing.get(i));
            parts.add(new PartView("immature", these.stream().mapToLong(it -> it.amount().crumbs()).sum(),
                    "Mined, and too young to be spent", Optional.of(these.getLast().atHeight())));
        }
        return parts.stream().filter(it -> it.amountCrumbs() > 0).toList();
    }

    private static PartView part(String name, long crumbs, String reason) {
        return new PartView(name, crumbs, reason, Optional.empty());
    }
}
