package org.cheesecoin.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.cheesecoin.chain.cheese.Amount;
import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.TransactionOutput;
import org.cheesecoin.chain.consensus.NetworkParameters;
import org.cheesecoin.chain.testing.Payments;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.chain.testing.TestKeys.TestKey;
import org.cheesecoin.chain.testing.TestWorld;
import org.cheesecoin.chain.wire.Message;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A running member on a network with a trivial target, which the attacks share: started at the first, ended after the
 * last. The tests hold the keys of the Blue Cheese's allocations and make all cheeses, so that {@link #world} always
 * is what the member should have.
 */
final class OneMember implements BeforeAllCallback, ParameterResolver {

    private static final ExtensionContext.Namespace SPACE = ExtensionContext.Namespace.create(OneMember.class);
    private static final int OWNERS = 40;

    /** What the tests get. */
    static final class Shared implements AutoCloseable {

        private final Launcher launcher;
        private final TestWorld world;
        private int lastOwner;
        private int lastNodeKey = 1_000_000;

        private Shared() {
            List<TransactionOutput> allocations = new ArrayList<>();
            for (int i = 1; i <= OWNERS; i++) {
                allocations.add(Payments.to(TestKeys.key(i), 1_000 * Amount.CRUMBS_PER_CHEESE));
            }
            NetworkParameters network = NetworkParameters.test().withAllocations(allocations);
            world = TestWorld.of(network);
            launcher = Launcher.of(network);
            launcher.run("up", "1").orFail();
        }

        Member member() {
            return launcher.member(1);
        }

        /** What the member should have stacked. */
        TestWorld world() {
            return world;
        }

        /** Coins that no test has used yet. */
        Payments.Input freshCoins() {
            lastOwner++;
            return world.allocation(lastOwner);
        }

        /** A node key that no test has used yet. */
        TestKey freshNodeKey() {
            lastNodeKey++;
            return TestKeys.key(lastNodeKey);
        }

        /** A stranger who has shaken hands, by a fresh id. */
        RawPeer stranger() {
            return RawPeer.join(member(), world.network().id(), freshNodeKey());
        }

        /** An honest peer brings a valid cheese with these payments; it becomes the member's tip. */
        Cheese stack(Payment... payments) {
            Cheese cheese = world.next(payments);
            try (RawPeer honest = stranger()) {
                honest.send(new Message.Headers(List.of(cheese.header())));
                honest.await(Message.GetCheeses.class, it -> it.smells().contains(cheese.smell()));
                honest.send(new Message.CheeseBody(cheese));
                Awaitility.await().atMost(15, TimeUnit.SECONDS)
                        .until(() -> member().tip().smell().equals(cheese.smell().toHex()));
            }
            world.add(cheese);
            return cheese;
        }

        /** What the member and its log say. */
        String log() {
            Path file = launcher.home().resolve("logs/member-1.log");
            try {
                return Files.readString(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            launcher.close();
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        shared(context);
    }

    private static Shared shared(ExtensionContext context) {
        return context.getRoot().getStore(SPACE).computeIfAbsent(Shared.class, _ -> new Shared(), Shared.class);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Shared.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return shared(context);
    }
}
