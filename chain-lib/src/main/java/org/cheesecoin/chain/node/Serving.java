package org.cheesecoin.chain.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import org.cheesecoin.chain.cheese.FullId;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.chain.crypto.Hash256;
import org.cheesecoin.chain.mempool.Mempool;
import org.cheesecoin.chain.mempool.MempoolEntry;
import org.cheesecoin.chain.stack.CheeseStack;
import org.cheesecoin.chain.wire.Message;

/**
 * Answers what peers ask, one answer at a time for each link: the next is made when the one before has left. What the
 * stack must answer is read off the loop, by the driver; what memory answers is made here, when there is room for it.
 */
final class Serving {

    /** Least pause between two answers to GetPeers: members ask once a minute. */
    static final long PEERS_MILLIS = 10_000;

    private final CheeseStack stack;
    private final Mempool mempool;
    private final Links links;
    private final Discipline discipline;
    private final Outbox outbox;
    private final Supplier<Message.Peers> peers;
    private final BooleanSupplier nearGoal;

    /**
     * @param peers makes an answer to GetPeers
     * @param nearGoal whether the tip is worth telling
     */
    Serving(
            Parts parts,
            CheeseStack stack,
            Mempool mempool,
            Supplier<Message.Peers> peers,
            BooleanSupplier nearGoal) {
        this.stack = stack;
        this.mempool = mempool;
        this.links = parts.links();
        this.discipline = parts.discipline();
        this.outbox = parts.outbox();
        this.peers = peers;
        this.nearGoal = nearGoal;
    }

    void headers(Link link, List<Smell> locator) {
        asked(link, link.account.questions.addLocator(locator), "GetHeaders", Questions.MAX_LOCATORS);
    }

    void cheeses(Link link, List<Smell> smells) {
        boolean taken = link.account.questions.addCheeses(smells);
        if (taken) {
            smells.forEach(smell -> link.knownSmells.add(smell.hash()));
        }
        asked(link, taken, "GetCheeses", Questions.MAX_CHEESES);
    }

    void cheeseTransactions(Link link, Message.GetCheeseTransactions question) {
        boolean taken = link.account.questions.addCheeseTransactions(question);
        asked(link, taken, "GetCheeseTransactions", Questions.MAX_CHEESE_TRANSACTIONS);
    }

    void payments(Link link, List<FullId> fullIds) {
        List<FullId> found = new ArrayList<>();
        List<Hash256> absent = new ArrayList<>();
        for (FullId fullId : fullIds) {
            mempool.entry(fullId)
                    .ifPresentOrElse(entry -> found.add(entry.fullId()), () -> absent.add(fullId.hash()));
        }
        boolean taken = link.account.questions.addPayments(found, absent);
        asked(link, taken, "GetTransactions", Questions.MAX_PAYMENTS);
    }

    void peers(Link link) {
        boolean taken = !link.account.peersWanted;
        link.account.peersWanted = true;
        asked(link, taken, "GetPeers", 1);
    }

    private void asked(Link link, boolean taken, String message, int waiting) {
        if (taken) {
            answerNext(link);
        } else {
            // NET-RATE: whoever asks reads the answers before it asks for more.
            Violation violation = Violation.of(Rule.NET_RATE).with("message", message).with("waiting", waiting);
            discipline.blame(link, violation, Hash256.ZERO);
        }
    }

    /** The open answer has left. */
    void sent(Link link) {
        link.account.answerOpen = false;
        link.account.servedUpTo
                .filter(tip -> !tip.equals(stack.tip().smell()) && nearGoal.getAsBoolean())
                .ifPresent(_ -> tellTip(link));
        link.account.servedUpTo = Optional.empty();
        answerNext(link);
    }

    /** A tip that came while headers were read may have been told before them, so that it stood on nothing there. */
    private void tellTip(Link link) {
        outbox.send(link, new Message.Headers(List.of(stack.tip().header())));
    }

    /** Answers what had to wait for its time. */
    void tick() {
        links.ready().stream().filter(link -> link.account.peersWanted).forEach(this::answerNext);
    }

    private void answerNext(Link link) {
        LinkAccount account = link.account;
        Optional<Output> answer = Optional.empty();
        for (int i = 0; i < LinkAccount.Turn.values().length && isFree(link) && answer.isEmpty(); i++) {
            answer = answer(link, account.turn);
            account.turn = account.turn.next();
        }
        if (answer.isPresent()) {
            account.answerOpen = true;
            outbox.output(answer.get());
        }
    }

    private static boolean isFree(Link link) {
        return link.isReady() && !link.account.answerOpen;
    }

    private Optional<Output> answer(Link link, LinkAccount.Turn turn) {
        Questions questions = link.account.questions;
        return switch (turn) {
            case HEADERS -> questions.takeLocator().map(locator -> {
                link.account.servedUpTo = Optional.of(stack.tip().smell());
                return serve(link, new Question.Headers(locator));
            });
            case CHEESE_TRANSACTIONS ->
                    questions.takeCheeseTransactions().map(it -> serve(link, new Question.CheeseTransactions(it)));
            case CHEESES -> {
                List<Smell> smells = questions.takeCheeses(LinkAccount.CHEESES_PER_ANSWER);
                yield smells.isEmpty() ? Optional.empty() : Optional.of(serve(link, new Question.Cheeses(smells)));
            }
            case PAYMENTS -> answerPayments(link).map(message -> new Output.Answer(link.id(), message));
            case PEERS -> answerPeers(link).map(message -> new Output.Answer(link.id(), message));
        };
    }

    private static Output serve(Link link, Question question) {
        return new Output.Serve(link.id(), question);
    }

    /** As many payments as fit into one answer, or, where none waits, which are not here. */
    private Optional<Message> answerPayments(Link link) {
        Questions questions = link.account.questions;
        List<Payment> found = new ArrayList<>();
        List<Hash256> left = new ArrayList<>();
        int bytes = 0;
        for (Optional<FullId> next = questions.nextPayment(); next.isPresent(); next = questions.nextPayment()) {
            FullId fullId = next.get();
            Optional<Payment> payment = mempool.entry(fullId).map(MempoolEntry::payment);
            if (payment.isPresent()) {
                bytes += payment.get().sizeBytes();
                if (bytes > LinkAccount.ANSWER_BYTES) {
                    break;
                }
                found.add(payment.get());
                link.knownFullIds.add(fullId.hash());
            } else {
                left.add(fullId.hash());
            }
            questions.dropPayment();
        }
        questions.areMissing(left);
        if (!found.isEmpty()) {
            return Optional.of(new Message.Transactions(found));
        }
        List<Hash256> missing = questions.takeMissing();
        return missing.isEmpty() ? Optional.empty() : Optional.of(new Message.NotFound(missing));
    }

    private Optional<Message> answerPeers(Link link) {
        LinkAccount account = link.account;
        if (!account.peersWanted || outbox.nowMillis() < account.peersDueMillis) {
            return Optional.empty();
        }
        account.peersWanted = false;
        account.peersDueMillis = outbox.nowMillis() + PEERS_MILLIS;
        return Optional.of(peers.get());
    }
}
