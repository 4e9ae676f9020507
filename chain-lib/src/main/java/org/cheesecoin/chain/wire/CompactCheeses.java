package org.cheesecoin.chain.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.Coinbase;
import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.chain.wire.Message.CheeseTransactions;
import org.cheesecoin.chain.wire.Message.CompactCheese;
import org.cheesecoin.chain.wire.Message.GetCheeseTransactions;

/** The sender's side of compact cheeses; {@link Reassembly} is the receiver's. */
public final class CompactCheeses {

    private CompactCheeses() {}

    /**
     * The compact form of a checked cheese.
     *
     * @param salt any number, another one for each sender
     * @return none where the coinbase is longer than {@link WireLimits#MAX_COMPACT_COINBASE_BYTES}: it travels whole
     */
    public static Optional<CompactCheese> of(Cheese cheese, long salt) {
        if (!(cheese.transactions().getFirst() instanceof Coinbase coinbase)
                || coinbase.sizeBytes() > WireLimits.MAX_COMPACT_COINBASE_BYTES) {
            return Optional.empty();
        }
        ShortIds shortIds = ShortIds.of(cheese.header(), salt);
        List<Long> ids = cheese.transactions().stream()
                .skip(1)
                .map(transaction -> shortIds.shortId(transaction.fullId()))
                .toList();
        return Optional.of(new CompactCheese(cheese.header(), salt, coinbase, ids));
    }

    /**
     * What was asked for of this cheese.
     *
     * @return the payments, or ENC-VALUE where the cheese has no payment at one of the positions
     */
    public static Outcome<CheeseTransactions> answer(Cheese cheese, GetCheeseTransactions question) {
        List<Payment> payments = new ArrayList<>(question.indexes().size());
        for (int index : question.indexes()) {
            if (index < 1 || index >= cheese.transactions().size()
                    || !(cheese.transactions().get(index) instanceof Payment payment)) {
                return Outcome.refused(Violation.of(Rule.ENC_VALUE)
                        .with("smell", cheese.smell())
                        .with("index", index)
                        .with("transactions", cheese.transactions().size()));
            }
            payments.add(payment);
        }
        return Outcome.passed(new CheeseTransactions(cheese.smell(), payments));
    }
}
