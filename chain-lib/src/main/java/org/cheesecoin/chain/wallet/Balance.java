package org.cheesecoin.chain.wallet;

import java.util.List;
import java.util.OptionalInt;

import org.cheesecoin.chain.cheese.Amount;

/**
 * What a wallet has, each crumb in one place. In the stack it owns spendable + pending out + immature; when all that is
 * pending is confirmed, it will own spendable + pending in + immature.
 *
 * @param spendable in the stack, mature, and promised to nobody
 * @param pendingIn outputs to the wallet of payments that wait for a cheese, its own change among them
 * @param pendingOut coins that a waiting payment spends or that are reserved for one that is being made, in full
 * @param maturing from own cheeses that are too young, by height; nothing twice
 */
public record Balance(Amount spendable, Amount pendingIn, Amount pendingOut, List<Maturing> maturing) {

    public Balance {
        maturing = List.copyOf(maturing);
    }

    /**
     * Coins that mature together.
     *
     * @param atHeight when the tip has this height, they are spendable
     * @param amount their sum
     */
    public record Maturing(int atHeight, Amount amount) {}

    /** All that is too young. */
    public Amount immature() {
        return maturing.stream().map(Maturing::amount).reduce(Amount.ZERO, Amount::plus);
    }

    /** When the tip has this height, more is spendable; empty if nothing is immature. */
    public OptionalInt nextMaturesAtHeight() {
        return maturing.stream().mapToInt(Maturing::atHeight).findFirst();
    }

    /** When the tip has this height, at least so much of what is immature now has matured; empty if never. */
    public OptionalInt maturesAtHeight(long crumbs) {
        long left = crumbs;
        for (Maturing part : maturing) {
            left -= part.amount().crumbs();
            if (left <= 0) {
                return OptionalInt.of(part.atHeight());
            }
        }
        return OptionalInt.empty();
    }
}
