package org.cheesecoin.member.persistence;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.cheesecoin.chain.cheese.Amount;
import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.consensus.CheckedCheese;
import org.cheesecoin.chain.consensus.Network;
import org.cheesecoin.chain.mempool.MempoolStep;
import org.cheesecoin.chain.node.Change;
import org.cheesecoin.chain.stack.CheeseStack;
import org.cheesecoin.chain.stack.StackLimits;
import org.cheesecoin.chain.testing.CheeseFactory;
import org.cheesecoin.chain.testing.Payments;
import org.cheesecoin.chain.testing.TestKeys;

/**
 * Mines and commits until somebody kills it; prints each height that it has committed. It is told a folder, or the URL,
 * user and password of a server's database.
 */
final class KilledWriter {

    private KilledWriter() {}

    public static void main(String[] arguments) {
        try (MemberDatabase database = arguments.length == 1
                ? MemberDatabase.inFolder(Path.of(arguments[0]))
                : MemberDatabase.at(arguments[0], arguments[1], arguments[2])) {
            Network network = History.network();
            StackStore store = database.openStore(network);
            CheeseStack stack = new CheeseStack(network, store, StackLimits.DEFAULT);
            while (store.tip().height() < 1_000_000) {
                Cheese cheese = CheeseFactory.empty(network, store.tip(), TestKeys.key(0).address());
                stack.add(CheckedCheese.trusted(cheese, network.id()), 1L << 52,
                        step -> store.apply(List.of(new Change.OfStack(step))));
                // a mempool that always holds exactly one payment: that of the tip
                int height = store.tip().height();
                store.apply(List.of(
                        new Change.OfMempool(new MempoolStep.Removed(payment(network, height - 1),
                                MempoolStep.Reason.EVICTED, Optional.empty())),
                        new Change.OfMempool(
                                new MempoolStep.Admitted(payment(network, height), new Amount(1_000), height))));
                store.commit();
                System.out.println(height);
            }
        }
    }

    static Payment payment(Network network, int height) {
        return Payments.pay(network,
                Payments.from(network.blueCheese().transactions().getFirst(), 0, TestKeys.key(1)),
                Payments.to(TestKeys.key(2), 1_000 + height));
    }
}
