package org.cheesecoin.member.wallet.web;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import org.cheesecoin.chain.cheese.Amount;
import org.cheesecoin.chain.wallet.Balance;
import org.cheesecoin.member.wallet.WalletBalance;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What the owner reads of the balance. */
class WalletViewTest {

    @Test
    void ofManyHeightsThatMatureTheLastPartHoldsTheRest() {
        List<Balance.Maturing> maturing = IntStream.rangeClosed(1, 30)
                .mapToObj(height -> new Balance.Maturing(height, new Amount(height)))
                .toList();
        Balance balance = new Balance(Amount.ZERO, Amount.ZERO, Amount.ZERO, maturing);

        WalletView view = WalletView.of(new WalletBalance(balance, 0, 0, 0), true);

        assertThat(view.parts()).hasSize(20);
        assertThat(view.parts().stream().mapToLong(WalletView.PartView::amountCrumbs).sum())
                .isEqualTo(view.immatureCrumbs());
        assertThat(view.parts().get(18).maturesAtHeight()).hasValue(19);
        assertThat(view.parts().getLast().maturesAtHeight()).as("when all of it has matured").hasValue(30);
    }

    @Test
    void saysHowFarARestoreHasComeUntilItIsThere() {
        Balance nothing = new Balance(Amount.ZERO, Amount.ZERO, Amount.ZERO, List.of());
        assertThat(WalletView.of(new WalletBalance(nothing, 199, 206, 300), true).restoring())
                .isEqualTo(Optional.of(new WalletView.RestoringView(199, 300)));
        assertThat(WalletView.of(new WalletBalance(nothing, 300, 300, 300), true).restoring()).isEmpty();
    }
}
