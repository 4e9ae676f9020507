package org.cheesecoin.chain.node;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.TreeMap;
import java.util.function.Predicate;

import org.cheesecoin.chain.cheese.FullId;
import org.cheesecoin.chain.crypto.Hash256;
import org.cheesecoin.chain.wire.Message;
import org.cheesecoin.chain.wire.WireLimits;
import org.jspecify.annotations.Nullable;

/**
 * Who is asked for which payment: one peer at a time, and the next that has it where one does not answer. What there is
 * no room for is asked for later.
 */
final class TransactionRequests {

    /** Who is asked since when, and who else has it, should the first not answer. */
    private record Request(LinkId link, long askedMillis, SequencedSet<LinkId> others) {}

    private final NodeLimits limits;
    private final Links links;
    private final Outbox outbox;
    private final Predicate<FullId> isNew;

    private final Map<FullId, Request> inFlight = new LinkedHashMap<>();

    /** @param isNew whether a payment is worth asking for */
    TransactionRequests(NodeLimits limits, Parts parts, Predicate<FullId> isNew) {
        this.limits = limits;
        this.links = parts.links();
        this.outbox = parts.outbox();
        this.isNew = isNew;
    }

    /** A peer has these: it is asked for those that are new, now or when there is room. */
    void offered(Link link, List<FullId> fullIds) {
        List<FullId> wanted = new ArrayList<>();
        for (FullId fullId : fullIds) {
            Request request = inFlight.get(fullId);
            if (request != null) {
                request.others().add(link.id());
            } else if (isNew.test(fullId)) {
                if (mayAsk(link)) {
                    begin(link, fullId, new LinkedHashSet<>());
                    wanted.add(fullId);
                } else {
                    askLater(link, fullId);
                }
            }
        }
        ask(link, wanted);
    }

    /** There is no room for it now. */
    void askLater(Link link, FullId fullId) {
        if (link.toAsk.size() < limits.transactionsToAsk()) {
            link.toAsk.add(fullId);
        }
    }

    /** Whoever does not answer is not asked on and on, and leaves room for the others. */
    private boolean mayAsk(Link link) {
        return inFlight.size() < limits.transactionsInFlight()
                && link.owedPayments.size() < limits.transactionsPerLink();
    }

    private void begin(Link link, FullId fullId, SequencedSet<LinkId> others) {
        inFlight.put(fullId, new Request(link.id(), outbox.nowMillis(), others));
        link.owedPayments.add(fullId);
    }

    /** The peer sends this one; answers whether it was asked for it, however long ago. */
    boolean answered(Link link, FullId fullId) {
        boolean owed = link.owedPayments.remove(fullId);
        if (owed) {
            // Whoever else was asked in the meantime owes it still, and may send it too.
            inFlight.remove(fullId);
        }
        return owed;
    }

    /** The peer has not what it was asked for. */
    void notFound(Link link, List<Hash256> hashes) {
        List<FullId> fullIds = hashes.stream().map(FullId::new).toList();
        fullIds.forEach(link.owedPayments::remove);
        askOthers(fullIds.stream()
                .distinct()
                .filter(fullId -> isAsked(link, inFlight.get(fullId)))
                .toList());
    }

    /** The link is gone with what it owed. */
    void gone(Link link) {
        inFlight.values().forEach(request -> request.others().remove(link.id()));
        askOthers(inFlight.entrySet().stream()
                .filter(entry -> isAsked(link, entry.getValue()))
                .map(Map.Entry::getKey)
                .toList());
    }

    private static boolean isAsked(Link link, @Nullable Request request) {
        return request != null && request.link().equals(link.id());
    }

    /**
     * Turns to others for what does not come, and asks for what waited.
     *
     * @param room how many payments more may be asked for
     */
    void tick(int room) {
        askOthers(inFlight.entrySet().stream()
                .filter(entry -> outbox.nowMillis() - entry.getValue().askedMillis() > limits.requestMillis())
                .map(Map.Entry::getKey)
                .toList());
        int asked = 0;
        for (Link link : links.ready()) {
            asked += askWaiting(link, room - asked);
        }
    }

    private int askWaiting(Link link, int room) {
        List<FullId> wanted = new ArrayList<>();
        while (!link.toAsk.isEmpty() && wanted.size() < room && mayAsk(link)) {
            FullId fullId = link.toAsk.removeFirst();
            Request request = inFlight.get(fullId);
            if (request != null) {
                request.others().add(link.id());
            } else if (isNew.test(fullId)) {
                begin(link, fullId, new LinkedHashSet<>());
                wanted.add(fullId);
            }
        }
        ask(link, wanted);
        return wanted.size();
    }

    /** Whoever was asked for these does not answer: the next that has them is asked, if there is one. */
    private void askOthers(List<FullId> fullIds) {
        TreeMap<LinkId, List<FullId>> questions = new TreeMap<>();
        for (FullId fullId : fullIds) {
            Request request = inFlight.remove(fullId);
            if (request != null) {
                askNext(fullId, request.others(), questions);
            }
        }
        send(questions);
    }

    /** Adds the question for the first of these that is still a peer, now or when there is room for it. */
    private void askNext(
            FullId fullId, SequencedSet<LinkId> holders, TreeMap<LinkId, List<FullId>> questions) {
        List<Link> peers = holders.stream()
                .flatMap(id -> links.get(id).stream())
                .filter(Link::isReady)
                .toList();
        Optional<Link> next = peers.stream().filter(this::mayAsk).findFirst();
        next.ifPresentOrElse(link -> {
            holders.remove(link.id());
            begin(link, fullId, holders);
            questions.computeIfAbsent(link.id(), _ -> new ArrayList<>()).add(fullId);
        }, () -> peers.forEach(link -> askLater(link, fullId)));
    }

    private void send(TreeMap<LinkId, List<FullId>> questions) {
        questions.forEach((id, wanted) -> links.get(id).ifPresent(link -> ask(link, wanted)));
    }

    private void ask(Link link, List<FullId> wanted) {
        for (int from = 0; from < wanted.size(); from += WireLimits.MAX_FULL_IDS) {
            int to = Math.min(wanted.size(), from + WireLimits.MAX_FULL_IDS);
            outbox.send(link, new Message.GetTransactions(wanted.subList(from, to)));
        }
    }
}
