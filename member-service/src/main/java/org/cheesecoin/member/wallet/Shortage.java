package org.cheesecoin.member.wallet;

import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.chain.wallet.Balance;
import org.cheesecoin.chain.wallet.CoinSelection;

/** Says of coins that do not cover an order what the wallet has beside what it can spend, and when that would do. */
final class Shortage {

    private Shortage() {}

    /** WLT-FUNDS with all that a person wants to know of it. */
    static Violation explained(CoinSelection.Result.Insufficient insufficient, Balance balance, int tipHeight) {
        Violation violation = insufficient.violation()
                .with("spendableCrumbs", balance.spendable().crumbs())
                .with("immatureCrumbs", balance.immature().crumbs())
                .with("pendingInCrumbs", balance.pendingIn().crumbs())
                .with("pendingOutCrumbs", balance.pendingOut().crumbs())
                .with("height", tipHeight);
        if (balance.nextMaturesAtHeight().isPresent()) {
            violation = violation.with("nextMatureHeight", balance.nextMaturesAtHeight().getAsInt());
        }
        var enough = balance.maturesAtHeight(insufficient.missing().crumbs());
        return enough.isPresent() ? violation.with("enoughAtHeight", enough.getAsInt()) : violation;
    }
}
