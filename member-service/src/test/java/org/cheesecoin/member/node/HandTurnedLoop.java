package org.cheesecoin.member.node;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import org.cheesecoin.chain.consensus.CheeseRules;
import org.cheesecoin.chain.consensus.Network;
import org.cheesecoin.chain.consensus.TransactionRules;
import org.cheesecoin.chain.mempool.MempoolLimits;
import org.cheesecoin.chain.node.Input;
import org.cheesecoin.chain.node.NodeConfig;
import org.cheesecoin.chain.node.NodeLimits;
import org.cheesecoin.chain.node.Output;
import org.cheesecoin.chain.stack.StackLimits;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.member.persistence.MemberDatabase;

/** The loop's own turns, without its thread: it handles, commits and crashes when the test says so. */
public final class HandTurnedLoop implements AutoCloseable {

    /** Far in the future, so that no cheese is too early. */
    private static final long NOW_MILLIS = 1L << 52;

    private final Network network;
    private final MemberDatabase database;
    private final List<LoopFollower> followers;
    private LoopTurn turn;

    public HandTurnedLoop(Network network, MemberDatabase database, List<LoopFollower> followers) {
        this.network = network;
        this.database = database;
        this.followers = followers;
        this.turn = start();
    }

    private LoopTurn start() {
        NodeConfig config = new NodeConfig(network, TestKeys.SCHEME, TestKeys.key(99).privateKey(), Optional.empty(),
                List.of(), NodeLimits.defaults(), MempoolLimits.DEFAULT, StackLimits.DEFAULT);
        MemberClock clock = new MemberClock(() -> Instant.ofEpochMilli(NOW_MILLIS), () -> NOW_MILLIS);
        LoopTurn fresh = new LoopTurn(new NodeFactory(database, config, new Random(1), clock), followers, clock);
        fresh.start();
        fresh.commit();
        return fresh;
    }

    /** The process ends at once, and starts again from what was committed. */
    public void crash() {
        turn.abandon();
        turn.close();
        turn = start();
    }

    /** Makes durable what has happened, and gives the answers. */
    public void commit() {
        turn.commit();
        check(turn.takeAll());
        turn.ended(new LoopTimes(0, 0, OptionalLong.empty()));
    }

    /** Takes an input and all checks that follow from it. */
    public void handle(Input input) {
        turn.handle(input);
        check(turn.takeUrgent());
    }

    /** Does this on the loop; what it changes waits for the next commit. */
    public <T> T now(Function<LoopAccess, T> work) {
        T result = work.apply(turn);
        check(turn.takeUrgent());
        return result;
    }

    /** Does this on the loop; answered after the next commit. */
    public <T> CompletableFuture<T> call(Function<LoopAccess, T> work) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        turn.perform(new LoopTask.Call<>(work, answer));
        check(turn.takeUrgent());
        return answer;
    }

    private void check(List<Output> outputs) {
        Queue<Output> left = new ArrayDeque<>(outputs);
        while (!left.isEmpty()) {
            checked(left.remove()).ifPresent(input -> {
                turn.handle(input);
                left.addAll(turn.takeUrgent());
            });
        }
    }

    private Optional<Input> checked(Output output) {
        return switch (output) {
            case Output.CheckCheese(var cheese, var known) -> Optional.of(new Input.CheeseChecked(cheese.smell(),
                    CheeseRules.standAlone(cheese, network.id(), TestKeys.SCHEME, known::contains)));
            case Output.CheckTransaction(var payment) -> Optional.of(new Input.TransactionChecked(payment.fullId(),
                    TransactionRules.standAlone(payment, network.id(), TestKeys.SCHEME)));
            default -> Optional.empty();
        };
    }

    @Override
    public void close() {
        turn.close();
    }
}
