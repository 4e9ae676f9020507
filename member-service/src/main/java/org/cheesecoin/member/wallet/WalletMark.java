package org.cheesecoin.member.wallet;

import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.consensus.StackedHeader;
import org.cheesecoin.chain.crypto.Hash256;
import org.cheesecoin.chain.stack.CheeseStack;

/**
 * Up to which cheese the wallet has read the stack.
 *
 * @param height its height, -1 before the Blue Cheese
 * @param smell its name, zeros before the Blue Cheese
 */
record WalletMark(int height, Smell smell) {

    /** Nothing is read yet. */
    static final WalletMark NOTHING = new WalletMark(-1, new Smell(Hash256.ZERO));

    static WalletMark at(StackedHeader header) {
        return new WalletMark(header.height(), header.smell());
    }

    /** The mark after the tip with this header was taken off. */
    static WalletMark below(StackedHeader header) {
        return new WalletMark(header.height() - 1, header.header().parentSmell());
    }

    /** Whether a cheese is the next to read. */
    boolean isBelow(StackedHeader header) {
        return header.height() == height + 1 && (height < 0 || header.header().parentSmell().equals(smell));
    }

    boolean isAt(StackedHeader header) {
        return header.smell().equals(smell);
    }

    boolean isOn(CheeseStack stack) {
        return height < 0 || stack.headerAt(height).filter(this::isAt).isPresent();
    }
}
