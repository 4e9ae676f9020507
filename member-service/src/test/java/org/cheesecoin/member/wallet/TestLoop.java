package org.cheesecoin.member.wallet;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.cheese.Transaction;
import org.cheesecoin.chain.cheese.Txid;
import org.cheesecoin.chain.consensus.CheeseRules;
import org.cheesecoin.chain.consensus.Network;
import org.cheesecoin.chain.consensus.TransactionRules;
import org.cheesecoin.chain.mempool.MempoolLimits;
import org.cheesecoin.chain.node.Change;
import org.cheesecoin.chain.node.Input;
import org.cheesecoin.chain.node.Node;
import org.cheesecoin.chain.node.NodeConfig;
import org.cheesecoin.chain.node.NodeLimits;
import org.cheesecoin.chain.node.Output;
import org.cheesecoin.chain.node.Step;
import org.cheesecoin.chain.node.SubmissionId;
import org.cheesecoin.chain.stack.StackLimits;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.chain.wallet.KeyChain;
import org.cheesecoin.member.node.LoopAccess;
import org.cheesecoin.member.node.LoopWrite;
import org.cheesecoin.member.persistence.MemberDatabase;
import org.cheesecoin.member.persistence.StackStore;
import org.springframework.jdbc.core.JdbcTemplate;

/** The wallet on a loop that turns, commits and crashes when the test says so: real node, real database, one thread. */
final class TestLoop implements LoopAccess, AutoCloseable {

    /** Far in the future, so that no cheese is too early. */
    private static final long NOW_MILLIS = 1L << 52;

    private final Network network;
    private final MemberDatabase database;
    private final KeyChain keys;
    private final JdbcTemplate jdbc;
    private final Queue<Runnable> fromElsewhere = new ConcurrentLinkedQueue<>();
    private final Map<SubmissionId, CompletableFuture<Outcome<Txid>>> submissions = new LinkedHashMap<>();
    private List<StackStore.Companion> companions = new ArrayList<>();
    private StackStore store;
    private Node node;
    private WalletKeeper keeper;
    private long lastSubmission;

    TestLoop(Network network, MemberDatabase database, KeyChain keys) {
        this.network = network;
        this.database = database;
        this.keys = keys;
        this.jdbc = new JdbcTemplate(database.readers());
        start();
    }

    private void start() {
        store = database.openStore(network);
        NodeConfig config = new NodeConfig(network, TestKeys.SCHEME, TestKeys.key(99).privateKey(), Optional.empty(),
                List.of(), NodeLimits.defaults(), MempoolLimits.DEFAULT, StackLimits.DEFAULT);
        node = new Node(config, store, store.loadMemory(NOW_MILLIS), new Random(1), this::changed, NOW_MILLIS);
        keeper = new WalletKeeper(network, TestKeys.SCHEME, keys, tables(), this::committedCheese, this::call);
        keeper.started(this);
        commit();
    }

    /** The process ends at once, and starts again from what was committed. */
    void crash() {
        store.close();
        companions = new ArrayList<>();
        submissions.clear();
        fromElsewhere.clear();
        start();
    }

    /** Makes durable what has happened. */
    void commit() {
        List<StackStore.Companion> written = companions;
        companions = new ArrayList<>();
        store.commit(written);
    }

    /** Takes an input and all that follows from it. */
    void handle(Input input) {
        Queue<Input> inputs = new ArrayDeque<>(List.of(input));
        while (!inputs.isEmpty()) {
            Step step = node.handle(inputs.remove(), NOW_MILLIS);
            changed(step.changes());
            step.outputs().forEach(output -> perform(output, inputs));
        }
    }

    private void perform(Output output, Queue<Input> inputs) {
        switch (output) {
            case Output.CheckCheese(Cheese cheese, var known) -> inputs.add(new Input.CheeseChecked(cheese.smell(),
                    CheeseRules.standAlone(cheese, network.id(), TestKeys.SCHEME, known::contains)));
            case Output.CheckTransaction(var payment) -> inputs.add(new Input.TransactionChecked(payment.fullId(),
                    TransactionRules.standAlone(payment, network.id(), TestKeys.SCHEME)));
            case Output.SubmissionAnswered(SubmissionId id, var answer) ->
                    Optional.ofNullable(submissions.remove(id)).ifPresent(it -> it.complete(answer));
            default -> {
            }
        }
    }

    private void changed(List<Change> changes) {
        store.apply(changes);
        keeper.changed(changes, this);
    }

    private CompletableFuture<WalletKeeper.Reading> call(Function<LoopAccess, WalletKeeper.Reading> work) {
        CompletableFuture<WalletKeeper.Reading> answer = new CompletableFuture<>();
        fromElsewhere.add(() -> {
            WalletKeeper.Reading result = work.apply(this);
            commit();
            answer.complete(result);
        });
        return answer;
    }

    /** Does what other threads asked for. */
    void serve() {
        for (Runnable task = fromElsewhere.poll(); task != null; task = fromElsewhere.poll()) {
            task.run();
        }
    }

    private Optional<Cheese> committedCheese(org.cheesecoin.chain.cheese.Smell smell) {
        return store.cheese(smell);
    }

    WalletKeeper keeper() {
        return keeper;
    }

    StackStore store() {
        return store;
    }

    JdbcTemplate jdbc() {
        return jdbc;
    }

    WalletTables tables() {
        return new WalletTables(jdbc);
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public long nowMillis() {
        return NOW_MILLIS;
    }

    @Override
    public CompletableFuture<Outcome<Txid>> submit(Transaction transaction) {
        SubmissionId id = new SubmissionId(++lastSubmission);
        CompletableFuture<Outcome<Txid>> answer = new CompletableFuture<>();
        submissions.put(id, answer);
        handle(new Input.TransactionSubmitted(id, transaction));
        return answer;
    }

    @Override
    public void write(LoopWrite write) {
        companions.add(write::on);
    }

    @Override
    public void close() {
        store.close();
    }
}
