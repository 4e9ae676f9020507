package org.cheesecoin.member.node;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Predicate;

import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.cheese.Transaction;
import org.cheesecoin.chain.cheese.Txid;
import org.cheesecoin.chain.node.Change;
import org.cheesecoin.chain.node.Input;
import org.cheesecoin.chain.node.Node;
import org.cheesecoin.chain.node.Output;
import org.cheesecoin.chain.node.Step;
import org.cheesecoin.chain.node.SubmissionId;
import org.cheesecoin.member.persistence.StackStore;
import org.cheesecoin.member.persistence.StoreFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A node with what waits for the next commit: outputs, and answers. */
final class LoopTurn implements LoopAccess {

    private static final Logger LOG = LoggerFactory.getLogger(LoopTurn.class);

    private final Node node;
    private final StackStore store;
    private final List<LoopFollower> followers;
    private final MemberClock clock;
    private final List<Output> outputs = new ArrayList<>();
    private final List<Runnable> answers = new ArrayList<>();
    private final List<CompletableFuture<?>> promised = new ArrayList<>();
    private final Map<SubmissionId, CompletableFuture<Outcome<Txid>>> submissions = new LinkedHashMap<>();
    private final List<StackStore.Companion> companions = new ArrayList<>();
    private long lastSubmission;
    private int unanswered;
    private int uncommitted;

    LoopTurn(NodeFactory factory, List<LoopFollower> followers, MemberClock clock) {
        this.followers = followers;
        this.clock = clock;
        this.store = factory.openStore();
        try {
            // A node hands nothing over before its first input.
            this.node = factory.start(store, this::changed);
        } catch (RuntimeException | Error e) {
            // its connection would keep the next one away from the database
            close();
            throw e;
        }
    }

    void start() {
        followers.forEach(follower -> follower.started(this));
    }

    void perform(LoopTask task) {
        switch (task) {
            case LoopTask.Handle(Input input, Runnable done) -> {
                try {
                    handle(input);
                } finally {
                    done.run();
                }
            }
            case LoopTask.Call<?> call -> call(call);
        }
    }

    void handle(Input input) {
        Step step = node.handle(input, clock.now());
        if (!step.changes().isEmpty()) {
            changed(step.changes());
        }
        for (Output output : step.outputs()) {
            outputs.add(output);
            if (output instanceof Output.SubmissionAnswered) {
                unanswered--;
            }
        }
    }

    /** Changes of a step, or of one that is still under way: the stack reads on from the store at once. */
    private void changed(List<Change> changes) {
        store.apply(changes);
        uncommitted += changes.size();
        followers.forEach(follower -> follower.changed(changes, this));
    }

    private <T> void call(LoopTask.Call<T> call) {
        promised.add(call.answer());
        int before = uncommitted;
        try {
            T result = call.work().apply(this);
            answers.add(() -> call.answer().complete(result));
        } catch (RuntimeException e) {
            if (uncommitted != before) {
                // Half of it is on its way to the disk; only a new start takes it back.
                throw e;
            }
            call.answer().completeExceptionally(e);
        }
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public long clockMillis() {
        return clock.clockMillis();
    }

    @Override
    public long steadyMillis() {
        return clock.steadyMillis();
    }

    @Override
    public CompletableFuture<Outcome<Txid>> submit(Transaction transaction) {
        SubmissionId id = new SubmissionId(++lastSubmission);
        CompletableFuture<Outcome<Txid>> answer = new CompletableFuture<>();
        submissions.put(id, answer);
        unanswered++;
        handle(new Input.TransactionSubmitted(id, transaction));
        return answer;
    }

    @Override
    public void mined(Cheese cheese) {
        handle(new Input.CheeseMined(cheese));
    }

    @Override
    public void write(LoopWrite write) {
        companions.add(write::on);
        uncommitted++;
    }

    boolean isCatchingUp(int cheeses) {
        return answers.isEmpty()
                && node.goal()
                        .filter(goal -> goal.height() - node.stack().tip().height() > cheeses)
                        .isPresent();
    }

    /** Whether payments of users are being checked. */
    boolean awaitsChecks() {
        return unanswered > 0;
    }

    int uncommittedChanges() {
        return uncommitted;
    }

    /** A turn of the loop ended. */
    void ended(LoopTimes times) {
        followers.forEach(follower -> follower.turned(times, this));
    }

    /** Also where nothing has changed: what was read is let go of. */
    void commit() {
        store.commit(companions);
        companions.clear();
        uncommitted = 0;
        followers.forEach(LoopFollower::committed);
    }

    /** Gives the answers and takes all outputs; what led to them is durable. */
    List<Output> takeAll() {
        answers.forEach(Runnable::run);
        answers.clear();
        promised.clear();
        return take(output -> true);
    }

    /** Takes the outputs that promise nobody anything. Only they may go before the commit. */
    List<Output> takeUrgent() {
        return take(Urgency::isUrgent);
    }

    private List<Output> take(Predicate<Output> condition) {
        List<Output> taken = outputs.stream().filter(condition).toList();
        outputs.removeIf(condition);
        for (Output output : taken) {
            if (output instanceof Output.SubmissionAnswered(SubmissionId id, Outcome<Txid> answer)) {
                CompletableFuture<Outcome<Txid>> future = submissions.remove(id);
                if (future != null) {
                    future.complete(answer);
                }
            }
        }
        return taken;
    }

    /** The commit failed, or the loop ends: nobody gets an answer that is not true. */
    void abandon() {
        RejectedExecutionException reason = new RejectedExecutionException("not stored; try again");
        promised.forEach(answer -> answer.completeExceptionally(reason));
        submissions.values().forEach(answer -> answer.completeExceptionally(reason));
        promised.clear();
        submissions.clear();
        outputs.clear();
        answers.clear();
        companions.clear();
        uncommitted = 0;
        unanswered = 0;
    }

    /** Lets go of the store; what is not committed is gone. Of a broken one nothing more is expected. */
    void close() {
        try {
            store.close();
        } catch (StoreFailure e) {
            LOG.debug("The store could not be closed", e);
        }
    }
}
