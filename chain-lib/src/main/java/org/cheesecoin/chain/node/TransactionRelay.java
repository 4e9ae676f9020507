package org.cheesecoin.chain.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.cheesecoin.chain.cheese.FullId;
import org.cheesecoin.chain.cheese.OutPoint;
import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.Transaction;
import org.cheesecoin.chain.cheese.Txid;
import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.chain.consensus.CheckedTransaction;
import org.cheesecoin.chain.crypto.Hash256;
import org.cheesecoin.chain.mempool.Admission;
import org.cheesecoin.chain.mempool.Mempool;
import org.cheesecoin.chain.mempool.MempoolEntry;
import org.cheesecoin.chain.mempool.MempoolStep;
import org.cheesecoin.chain.mempool.Precheck;
import org.cheesecoin.chain.stack.CheeseStack;
import org.cheesecoin.chain.wire.Message;
import org.cheesecoin.chain.wire.WireLimits;

/**
 * The way of a payment: announced, asked for, looked at, checked off the loop, admitted, announced on. Everything goes
 * by the full id, so that a third party's broken signature never stands for the true payment.
 */
final class TransactionRelay {

    /** Entries of the mempool looked at for one peer in one tick: a fraction of a millisecond. */
    private static final int MAX_LOOKED_AT = 5_000;

    private final CheeseStack stack;
    private final Mempool mempool;
    private final Links links;
    private final Discipline discipline;
    private final Outbox outbox;
    private final Strangers strangers;
    private final TransactionRequests requests;

    private final ChecksUnderWay checking;
    private final RecentHashes refused;

    TransactionRelay(NodeLimits limits, Parts parts, CheeseStack stack, Mempool mempool) {
        this.stack = stack;
        this.mempool = mempool;
        this.links = parts.links();
        this.discipline = parts.discipline();
        this.outbox = parts.outbox();
        this.refused = new RecentHashes(limits.refusedTransactions(), parts.random().nextLong());
        this.strangers = parts.strangers();
        this.checking = new ChecksUnderWay(limits);
        this.requests = new TransactionRequests(limits, parts, this::isNew);
    }

    /** A peer has these: those that are new are asked for. */
    void have(Link link, List<FullId> fullIds) {
        fullIds.forEach(fullId -> link.knownFullIds.add(fullId.hash()));
        requests.offered(link, fullIds);
    }

    private boolean isNew(FullId fullId) {
        return mempool.entry(fullId).isEmpty()
                && !mempool.isOrphan(fullId)
                && !refused.contains(fullId.hash())
                && !checking.contains(fullId);
    }

    /** A peer sends what it was asked for, or was asked for so long ago that another was asked since. */
    void received(Link link, List<Payment> payments) {
        for (Payment payment : payments) {
            // NET-UNSOLICITED: answers come only where something was asked.
            if (!requests.answered(link, payment.fullId())) {
                Violation violation = Violation.of(Rule.NET_UNSOLICITED).with("fullId", payment.fullId());
                discipline.blame(link, violation, payment.fullId().hash());
                return;
            }
            if (isNew(payment.fullId()) && strangers.mayHaveChecked(link, payment.witnesses().size())) {
                look(payment, Optional.of(link), List.of());
            }
        }
    }

    /** This member's own user submits one. */
    void submitted(SubmissionId submission, Transaction transaction) {
        if (!(transaction instanceof Payment payment)) {
            Violation violation = Violation.of(Rule.TRX_COINBASE_LOOSE).with("txid", transaction.txid());
            answer(List.of(submission), Outcome.refused(violation));
            return;
        }
        if (!checking.alsoWaits(payment, submission)) {
            look(payment, Optional.empty(), List.of(submission));
        }
    }

    /** Cheap before dear: has it checked only if nothing that is known stands against it. */
    private void look(Payment payment, Optional<Link> from, List<SubmissionId> submissions) {
        int nextHeight = stack.tip().height() + 1;
        switch (mempool.precheck(payment, stack.coins(), nextHeight, outbox.nowMillis())) {
            case Precheck.Refused(Violation violation) when isUsersCopy(payment, violation, submissions) ->
                    check(payment, from, submissions);
            case Precheck.Refused(Violation violation) -> refuse(payment, violation, from, submissions);
            case Precheck.MissingInputs(List<OutPoint> missing) -> orphan(payment, missing, from, submissions);
            case Precheck.Wanted() -> check(payment, from, submissions);
        }
    }

    /**
     * Whether a user hears that a payment waits here only when the signatures of this copy were checked: a txid does not
     * hold them, so a copy with a broken one has the same. Of a peer's copy nobody learns anything, and a check would cost.
     */
    private boolean isUsersCopy(Payment payment, Violation violation, List<SubmissionId> submissions) {
        return violation.rule() == Rule.POL_KNOWN && mempool.entry(payment.fullId()).isEmpty()
                && !submissions.isEmpty();
    }

    private void check(Payment payment, Optional<Link> from, List<SubmissionId> submissions) {
        if (checking.begin(payment, from.map(Link::id), submissions)) {
            outbox.output(new Output.CheckTransaction(payment));
            return;
        }
        Violation busy = Violation.of(Rule.POL_NOT_READY).with("checksUnderWay", checking.count());
        answer(submissions, Outcome.refused(busy));
        from.ifPresent(link -> requests.askLater(link, payment.fullId()));
    }

    /** A peer's may wait for its parents; a user is told which input is not known. */
    private void orphan(
            Payment payment, List<OutPoint> missing, Optional<Link> from, List<SubmissionId> submissions) {
        if (submissions.isEmpty()) {
            long source = from.map(link -> link.id().number()).orElse(0L);
            mempool.keepOrphan(payment, missing, source, outbox.nowMillis());
        }
        Violation violation = Violation.of(Rule.TRX_INPUT_UNKNOWN)
                .with("txid", payment.txid())
                .with("input", missing.getFirst());
        answer(submissions, Outcome.refused(violation));
    }

    /** The stand-alone check is done. */
    void checked(FullId fullId, Outcome<CheckedTransaction> outcome) {
        checking.done(fullId).ifPresent(pending -> checked(pending, outcome));
        adopt();
    }

    private void checked(ChecksUnderWay.Pending pending, Outcome<CheckedTransaction> outcome) {
        Optional<Link> from = pending.from().flatMap(links::get);
        switch (outcome) {
            case Outcome.Refused<CheckedTransaction>(Violation violation) ->
                    refuse(pending.payment(), violation, from, pending.submissions());
            case Outcome.Passed<CheckedTransaction>(CheckedTransaction checked) ->
                    admit(checked, from, pending.submissions());
        }
    }

    private void admit(CheckedTransaction checked, Optional<Link> from, List<SubmissionId> submissions) {
        int nextHeight = stack.tip().height() + 1;
        Admission admission = mempool.admit(checked, stack.coins(), nextHeight, outbox.now(),
                this::mempoolChanged);
        Payment payment = checked.payment();
        switch (admission) {
            case Admission.Admitted(MempoolEntry _, List<MempoolEntry> _) -> {
                from.ifPresent(link -> link.usefulCount++);
                answer(submissions, Outcome.passed(payment.txid()));
                mempool.parentCame(payment.txid());
            }
            case Admission.Refused(Violation violation) -> refuse(payment, violation, from, submissions);
            case Admission.MissingInputs(List<OutPoint> missing) -> orphan(payment, missing, from, submissions);
        }
    }

    /**
     * Looks again at what waited for something that is here now, as far as there is room to check it. Nobody would send the
     * rest once more, so that it waits on as an orphan, until a check is done.
     */
    private void adopt() {
        for (Payment orphan : mempool.adoptable()) {
            if (checking.hasRoomForOrphan(orphan)) {
                mempool.takeOrphan(orphan.fullId());
                look(orphan, Optional.empty(), List.of());
            }
        }
    }

    private void refuse(
            Payment payment, Violation violation, Optional<Link> from, List<SubmissionId> submissions) {
        if (violation.rule() != Rule.POL_KNOWN) {
            refused.add(payment.fullId().hash());
        }
        answer(submissions, Outcome.refused(violation));
        from.ifPresent(link -> discipline.blame(link, violation, payment.fullId().hash()));
    }

    private void answer(List<SubmissionId> submissions, Outcome<Txid> answer) {
        submissions.forEach(id -> outbox.output(new Output.SubmissionAnswered(id, answer)));
    }

    private void mempoolChanged(MempoolStep step) {
        outbox.change(new Change.OfMempool(step));
    }

    /** The peer has not what it was asked for. */
    void notFound(Link link, List<Hash256> hashes) {
        requests.notFound(link, hashes);
    }

    /** The link is gone with what it owed. */
    void gone(Link link) {
        requests.gone(link);
    }

    /** With another tip, what was refused may be valid, and orphans may have found their parents. */
    void tipChanged() {
        refused.clear();
        adopt();
    }

    /** Tells each peer what is new to it, and sees to questions that are not answered or not yet asked. */
    void tick() {
        mempool.expire(outbox.nowMillis(), this::mempoolChanged);
        requests.tick(checking.roomForPeers());
        for (Link link : links.ready()) {
            List<FullId> news = news(link);
            if (!news.isEmpty()) {
                outbox.send(link, new Message.Have(news));
            }
        }
    }

    /**
     * What the peer may not know of the entries that came since it was told last. The mempool's own order is the queue:
     * a new peer begins at its first entry, and what comes back from a cheese that lost stands at its end.
     */
    private List<FullId> news(Link link) {
        List<FullId> news = new ArrayList<>();
        int looked = 0;
        for (MempoolEntry entry : mempool.entriesFrom(link.announcedBelow)) {
            if (news.size() == WireLimits.MAX_FULL_IDS || looked++ == MAX_LOOKED_AT) {
                break;
            }
            link.announcedBelow = entry.sequence() + 1;
            if (!link.knownFullIds.contains(entry.fullId().hash())) {
                news.add(entry.fullId());
            }
        }
        return news;
    }
}
