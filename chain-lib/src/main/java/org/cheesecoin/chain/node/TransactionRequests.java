package org.cheesecoin.chain.node;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    /** Who is asked since when, and who else has it, should the first not answer: few, so that a list does. */
    private record Request(LinkId link, long askedMillis, List<LinkId> others) {

        void alsoHas(LinkId other) {
            if (!others.contains(other)) {
                others.add(other);
            }
        }
    }

    private final NodeLimits limits;
    private final Links links;
    private final Outbox outbox;
    private final Predicate<FullId> isNew;

    private final Map<FullId, Request> inFlight = new LinkedHashMap<>();
    private final SharedRoom<LinkId> owed;
    private final SharedRoom<LinkId> waiting;

    /** @param isNew whether a payment is worth asking for */
    TransactionRequests(NodeLimits limits, Parts parts, Predicate<FullId> isNew) {
        this.limits = limits;
        this.links = parts.links();
        this.outbox = parts.outbox();
        this.isNew = isNew;
        this.owed = new SharedRoom<>(limits.transactionsInFlight(), limits.links());
        this.waiting = new SharedRoom<>(limits.transactionsWaiting(), limits.links());
    }

    /** A peer has these: it is asked for those that are new, now or when there is room. */
    void offered(Link link, List<FullId> fullIds) {
        List<FullId> wanted = new ArrayList<>();
        for (FullId fullId : fullIds) {
            Request request = inFlight.get(fullId);
            if (request != null) {
                request.alsoHas(link.id());
            } else if (isNew.test(fullId)) {
                if (mayAsk(link)) {
                    begin(link, fullId, new ArrayList<>(0));
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
        boolean waits = link.toAsk.size() < limits.transactionsToAsk()
                && !link.toAsk.contains(fullId)
                && waiting.take(link.id(), 1);
        if (waits) {
            link.toAsk.add(fullId);
        }
    }

    /** Whoever does not answer is not asked on and on, and leaves room for the others. */
    private boolean mayAsk(Link link) {
        return link.owedPayments.size() + link.latePayments.count() < limits.transactionsPerLink()
                && owed.hasRoom(link.id(), 1);
    }

    private void begin(Link link, FullId fullId, List<LinkId> others) {
        inFlight.put(fullId, new Request(link.id(), outbox.nowMillis(), others));
        if (link.owedPayments.add(fullId)) {
            owed.take(link.id(), 1);
        }
    }

    /** It owes this one no more; answers whether it did, however long it took. */
    private boolean settle(Link link, FullId fullId) {
        if (link.owedPayments.remove(fullId)) {
            owed.give(link.id(), 1);
            return true;
        }
        return link.latePayments.remove(fullId);
    }

    /** It has not sent this one in time. Of what may still come only a few bytes are kept. */
    private void isLate(Link link, FullId fullId) {
        if (link.owedPayments.remove(fullId)) {
            owed.give(link.id(), 1);
            link.latePayments.add(fullId);
        }
    }

    /** The peer sends this one; answers whether it was asked for it, however long ago. */
    boolean answered(Link link, FullId fullId) {
        boolean wasAsked = settle(link, fullId);
        if (wasAsked) {
            Request request = inFlight.remove(fullId);
            // Whoever else was asked in the meantime may send it too.
            if (request != null && !isAsked(link, request)) {
                links.get(request.link()).ifPresent(other -> isLate(other, fullId));
            }
        }
        return wasAsked;
    }

    /** The peer has not what it was asked for. */
    void notFound(Link link, List<Hash256> hashes) {
        List<FullId> fullIds = hashes.stream().map(FullId::new).toList();
        fullIds.forEach(fullId -> settle(link, fullId));
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
        owed.give(link.id(), link.owedPayments.size());
        waiting.give(link.id(), link.toAsk.size());
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
        List<FullId> late = new ArrayList<>();
        for (Map.Entry<FullId, Request> entry : inFlight.entrySet()) {
            // They stand in the order in which they were asked for.
            if (outbox.nowMillis() - entry.getValue().askedMillis() <= limits.requestMillis()) {
                break;
            }
            late.add(entry.getKey());
            links.get(entry.getValue().link()).ifPresent(link -> isLate(link, entry.getKey()));
        }
        askOthers(late);
        int asked = 0;
        for (Link link : links.ready()) {
            asked += askWaiting(link, room - asked);
        }
    }

    private int askWaiting(Link link, int room) {
        List<FullId> wanted = new ArrayList<>();
        while (!link.toAsk.isEmpty() && wanted.size() < room && mayAsk(link)) {
            FullId fullId = link.toAsk.removeFirst();
            waiting.give(link.id(), 1);
            Request request = inFlight.get(fullId);
            if (request != null) {
                request.alsoHas(link.id());
            } else if (isNew.test(fullId)) {
                begin(link, fullId, new ArrayList<>(0));
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
            FullId fullId, List<LinkId> holders, TreeMap<LinkId, List<FullId>> questions) {
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
