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
    private final LinkedHashMap<FullId, SequencedSet<LinkId>> toAsk = new LinkedHashMap<>();

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
            SequencedSet<LinkId> holders = toAsk.get(fullId);
            if (request != null) {
                request.others().add(link.id());
            } else if (holders != null) {
                holders.add(link.id());
            } else if (isNew.test(fullId)) {
                if (inFlight.size() < limits.transactionsInFlight()) {
                    inFlight.put(fullId, new Request(link.id(), outbox.nowMillis(), new LinkedHashSet<>()));
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
        if (toAsk.size() < limits.transactionsToAsk()) {
            toAsk.computeIfAbsent(fullId, _ -> new LinkedHashSet<>()).add(link.id());
        }
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
        toAsk.values().forEach(holders -> holders.remove(link.id()));
        toAsk.values().removeIf(SequencedSet::isEmpty);
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
     * @param room for how many payments there is room beyond those in flight
     */
    void tick(int room) {
        askOthers(inFlight.entrySet().stream()
                .filter(entry -> outbox.nowMillis() - entry.getValue().askedMillis() > limits.requestMillis())
                .map(Map.Entry::getKey)
                .toList());
        TreeMap<LinkId, List<FullId>> questions = new TreeMap<>();
        int most = Math.min(room, limits.transactionsInFlight() - inFlight.size());
        for (int asked = 0; asked < most && !toAsk.isEmpty();) {
            Map.Entry<FullId, SequencedSet<LinkId>> first = toAsk.pollFirstEntry();
            if (isNew.test(first.getKey()) && askNext(first.getKey(), first.getValue(), questions)) {
                asked++;
            }
        }
        send(questions);
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

    /** Adds the question for the first of these that is still a peer; answers whether there is one. */
    private boolean askNext(
            FullId fullId, SequencedSet<LinkId> holders, TreeMap<LinkId, List<FullId>> questions) {
        Optional<LinkId> next = holders.stream()
                .filter(id -> links.get(id).filter(Link::isReady).isPresent())
                .findFirst();
        next.ifPresent(id -> {
            holders.remove(id);
            inFlight.put(fullId, new Request(id, outbox.nowMillis(), holders));
            questions.computeIfAbsent(id, _ -> new ArrayList<>()).add(fullId);
        });
        return next.isPresent();
    }

    private void send(TreeMap<LinkId, List<FullId>> questions) {
        questions.forEach((id, wanted) -> links.get(id).ifPresent(link -> ask(link, wanted)));
    }

    private void ask(Link link, List<FullId> wanted) {
        wanted.forEach(link.owedPayments::add);
        for (int from = 0; from < wanted.size(); from += WireLimits.MAX_FULL_IDS) {
            int to = Math.min(wanted.size(), from + WireLimits.MAX_FULL_IDS);
            outbox.send(link, new Message.GetTransactions(wanted.subList(from, to)));
        }
    }
}
