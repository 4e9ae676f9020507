package org.cheesecoin.tracker.registry;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.consensus.Moment;
import org.cheesecoin.chain.wire.NodeId;
import org.cheesecoin.chain.wire.PeerRecord;
import org.cheesecoin.chain.wire.TrackerRequest.LeaseRequest;
import org.cheesecoin.chain.wire.TrackerRequest.LeaveRequest;
import org.cheesecoin.chain.wire.TrackerRequest.ReportRequest;

/**
 * Who is in which network: leases in memory and nothing else. A lease is listed from when a dial proved its id at its
 * URL; several ids may claim one URL, and whoever answers there gets it. Signatures are checked before. Time is an
 * argument, {@code nowMillis} that of the steady clock: no lease ends or holds on because a clock was set; one lock guards all, and no call does more work than its answer is long.
 */
public final class Registry {

    private static final int MAX_BACKOFF_PAUSES = 6;

    private final RegistryLimits limits;
    private final RandomGenerator random;
    private final IssuedTimes issuedTimes;
    private final DialTargets targets;
    /** In the order of their ends: a renewal takes a lease out and puts it in again. */
    private final Map<NodeId, Lease> leases = new LinkedHashMap<>();
    private final Map<Smell, Members> networks = new LinkedHashMap<>();
    private final Map<String, Lease> listedByUrl = new HashMap<>();
    private final Map<String, Integer> leasesByAddress = new HashMap<>();
    private final TreeSet<Lease> toDial = new TreeSet<>(
            Comparator.<Lease>comparingLong(it -> it.nextDialMillis).thenComparingLong(it -> it.sequence));
    private int listed;
    private long counter;

    /** Empty, with these limits; the dice draw the samples. */
    public Registry(RegistryLimits limits, RandomGenerator random) {
        this.limits = limits;
        this.random = random;
        this.issuedTimes = new IssuedTimes(limits);
        this.targets = new DialTargets(limits.dialPauseMillis(), limits.maxDialTargets());
    }

    /** The limits. */
    public RegistryLimits limits() {
        return limits;
    }

    /**
     * Gives or renews a lease.
     *
     * @param request what the member says, its signature checked
     * @param address where it comes from, to count by
     */
    public synchronized Answer<LeaseGrant> register(
            LeaseRequest request, String address, long issuedAtMillis, Moment now) {
        expire(now.steadyMillis());
        Optional<Refusal> refusal = issuedTimes.take(request.nodeId(), issuedAtMillis, now)
                .or(() -> checkRoom(request, address));
        if (refusal.isPresent()) {
            return Answer.refused(refusal.get());
        }
        Lease lease = renewed(request, address, now.steadyMillis());
        int wanted = Sampling.size(othersOf(lease));
        return Answer.granted(new LeaseGrant(
                limits.leaseMillis(),
                shown(lease.expiresAtMillis, now),
                lease.listed,
                lease.whyUnlisted(),
                sampleWithout(Optional.of(request.nodeId()), request.networkId(), wanted)));
    }

    /** Ends a lease. */
    public synchronized Answer<NodeId> leave(LeaveRequest request, long issuedAtMillis, Moment now) {
        expire(now.steadyMillis());
        Optional<Refusal> refusal = issuedTimes.take(request.nodeId(), issuedAtMillis, now);
        if (refusal.isPresent()) {
            return Answer.refused(refusal.get());
        }
        Lease lease = leases.get(request.nodeId());
        if (lease == null) {
            return Answer.refused(new Refusal.UnknownMember(request.nodeId()));
        }
        remove(lease);
        return Answer.granted(request.nodeId());
    }

    /** Notes that a listed member is said not to answer: it is dialled soon, and dropped only if that fails. */
    public synchronized Answer<NodeId> report(ReportRequest request, long issuedAtMillis, Moment now) {
        expire(now.steadyMillis());
        Optional<Refusal> refusal = issuedTimes.take(request.reporter(), issuedAtMillis, now);
        if (refusal.isPresent()) {
            return Answer.refused(refusal.get());
        }
        Lease reporter = leases.get(request.reporter());
        if (reporter == null || !reporter.listed) {
            return Answer.refused(new Refusal.ReporterNotListed(request.reporter()));
        }
        Lease subject = leases.get(request.subject());
        if (subject == null || !subject.listed || subject == reporter
                || !subject.networkId().equals(reporter.networkId())) {
            return Answer.refused(new Refusal.UnknownMember(request.subject()));
        }
        subject.reported = true;
        if (!subject.isDialled()) {
            dialAt(subject, now.steadyMillis());
        }
        return Answer.granted(request.subject());
    }

    /** At most so many listed members of a network, in random order. */
    public synchronized List<PeerRecord> sample(Smell networkId, int limit, long nowMillis) {
        expire(nowMillis);
        return sampleWithout(Optional.empty(), networkId, limit);
    }

    /** What is listed of a network, if anything is. */
    public synchronized Optional<NetworkView> network(Smell networkId, int maxMembers, Moment now) {
        expire(now.steadyMillis());
        return Optional.ofNullable(networks.get(networkId))
                .filter(it -> !it.listed().isEmpty())
                .map(members -> new NetworkView(networkId, members.listed().size(), members.listed().stream()
                        .limit(maxMembers)
                        .map(it -> new NetworkView.ListedMember(it.request, shown(it.expiresAtMillis, now)))
                        .toList()));
    }

    /** A time of the steady clock as the tracker's clock will show it, as things stand. */
    private static long shown(long steadyMillis, Moment now) {
        return now.clockMillis() + (steadyMillis - now.steadyMillis());
    }

    /** How many leases there are, listed or not. */
    public synchronized int leaseCount() {
        return leases.size();
    }

    /** How many members are listed. */
    public synchronized int listedCount() {
        return listed;
    }

    /** How many networks have a lease. */
    public synchronized int networkCount() {
        return networks.size();
    }

    /** Takes at most so many of the dials that are due; each result goes to {@link #finishDial}. */
    public synchronized List<Dial> takeDials(int most, long nowMillis) {
        expire(nowMillis);
        List<Dial> dials = new ArrayList<>();
        while (dials.size() < most && !toDial.isEmpty() && toDial.first().nextDialMillis <= nowMillis) {
            Lease lease = toDial.removeFirst();
            long allowedAtMillis = targets.take(Lease.target(lease.url()), nowMillis);
            if (allowedAtMillis > nowMillis) {
                dialAt(lease, allowedAtMillis);
            } else {
                lease.startDial(++counter);
                dials.add(new Dial(counter, lease.nodeId(), lease.networkId(), lease.url()));
            }
        }
        return dials;
    }

    /** Takes the result of a dial: lists who was proved, and drops whom the tracker could not find often enough. */
    public synchronized void finishDial(Dial dial, DialResult result, long nowMillis) {
        expire(nowMillis);
        Optional<Lease> dialled = Optional.ofNullable(leases.get(dial.nodeId())).filter(it -> it.isDialledBy(dial));
        dialled.ifPresent(Lease::endDial);
        switch (result) {
            case DialResult.Proved(NodeId proved) -> {
                Optional.ofNullable(leases.get(proved))
                        .filter(it -> it.isAt(dial.networkId(), dial.url()))
                        .ifPresent(it -> prove(it, nowMillis));
                if (!proved.equals(dial.nodeId())) {
                    dialled.filter(it -> it == leases.get(dial.nodeId())).ifPresent(
                            it -> fail(it, "another member answers there: " + proved.toHex(), nowMillis));
                }
            }
            case DialResult.Failed(String _, String told) -> dialled.ifPresent(it -> fail(it, told, nowMillis));
            case DialResult.Postponed(long untilMillis) ->
                    dialled.ifPresent(it -> dialAt(it, Math.max(untilMillis, nowMillis + 1)));
        }
    }

    private Optional<Refusal> checkRoom(LeaseRequest request, String address) {
        Lease holder = listedByUrl.get(Lease.urlKey(request.gossipUrl()));
        if (holder != null && !holder.nodeId().equals(request.nodeId())) {
            return Optional.of(new Refusal.UrlTaken(request.gossipUrl()));
        }
        Lease own = leases.get(request.nodeId());
        if (own == null && leases.size() >= limits.maxLeases()) {
            return full("maxLeases", limits.maxLeases());
        }
        if (own == null && leases.size() - listed >= limits.maxUnprovedLeases()) {
            return full("maxUnprovedLeases", limits.maxUnprovedLeases());
        }
        if ((own == null || !own.address.equals(address))
                && leasesByAddress.getOrDefault(address, 0) >= limits.maxLeasesPerAddress()) {
            return full("maxLeasesPerAddress", limits.maxLeasesPerAddress());
        }
        return own != null && own.networkId().equals(request.networkId())
                ? Optional.empty()
                : checkRoomOfNetwork(request.networkId());
    }

    private Optional<Refusal> checkRoomOfNetwork(Smell networkId) {
        Members members = networks.get(networkId);
        if (members == null) {
            return networks.size() < limits.maxNetworks()
                    ? Optional.empty()
                    : full("maxNetworks", limits.maxNetworks());
        }
        return members.leases() < limits.maxMembersPerNetwork()
                ? Optional.empty()
                : full("maxMembersPerNetwork", limits.maxMembersPerNetwork());
    }

    private static Optional<Refusal> full(String limit, int most) {
        return Optional.of(new Refusal.Full(limit, most));
    }

    private Lease renewed(LeaseRequest request, String address, long nowMillis) {
        long expiresAtMillis = nowMillis + limits.leaseMillis();
        Lease own = leases.get(request.nodeId());
        if (own != null && own.isAt(request.networkId(), request.gossipUrl())) {
            leases.remove(own.nodeId());
            leases.put(own.nodeId(), own);
            count(own.address, -1);
            count(address, 1);
            own.request = request;
            own.address = address;
            own.expiresAtMillis = expiresAtMillis;
            return own;
        }
        if (own != null) {
            remove(own);
        }
        Lease lease = new Lease(++counter, request, address, expiresAtMillis, nowMillis);
        leases.put(lease.nodeId(), lease);
        networks.computeIfAbsent(lease.networkId(), _ -> new Members()).countLease();
        count(address, 1);
        toDial.add(lease);
        return lease;
    }

    private void prove(Lease lease, long nowMillis) {
        Lease before = listedByUrl.get(Lease.urlKey(lease.url()));
        if (before != null && before != lease) {
            // Another id answers at that URL now.
            remove(before);
        }
        listedByUrl.put(Lease.urlKey(lease.url()), lease);
        if (!lease.listed) {
            lease.listed = true;
            listed++;
            members(lease).list(lease);
        }
        lease.failures = 0;
        lease.lastFailure = Optional.empty();
        lease.reported = false;
        if (!lease.isDialled()) {
            dialAt(lease, nowMillis + limits.memberDialMillis());
        }
    }

    private void fail(Lease lease, String reason, long nowMillis) {
        lease.lastFailure = Optional.of(reason);
        lease.failures++;
        if (lease.listed && (lease.reported || lease.failures >= limits.maxDialFailures())) {
            remove(lease);
        } else {
            int pauses = lease.listed ? 1 : Math.min(lease.failures, MAX_BACKOFF_PAUSES);
            dialAt(lease, nowMillis + pauses * limits.dialPauseMillis());
        }
    }

    private void dialAt(Lease lease, long atMillis) {
        toDial.remove(lease);
        lease.nextDialMillis = atMillis;
        toDial.add(lease);
    }

    private void expire(long nowMillis) {
        while (!leases.isEmpty()) {
            Lease first = leases.values().iterator().next();
            if (first.expiresAtMillis > nowMillis) {
                return;
            }
            remove(first);
        }
    }

    private void remove(Lease lease) {
        leases.remove(lease.nodeId());
        toDial.remove(lease);
        lease.endDial();
        count(lease.address, -1);
        Members members = members(lease);
        members.uncountLease();
        if (lease.listed) {
            listed--;
            members.unlist(lease);
            listedByUrl.remove(Lease.urlKey(lease.url()));
        }
        if (members.leases() == 0) {
            networks.remove(lease.networkId());
        }
    }

    private void count(String address, int change) {
        leasesByAddress.compute(address, (_, before) -> {
            int after = (before == null ? 0 : before) + change;
            return after == 0 ? null : after;
        });
    }

    private Members members(Lease lease) {
        Members members = networks.get(lease.networkId());
        if (members == null) {
            throw new IllegalStateException("a lease without a network: " + lease.networkId());
        }
        return members;
    }

    private int othersOf(Lease lease) {
        return members(lease).listed().size() - (lease.listed ? 1 : 0);
    }

    private List<PeerRecord> sampleWithout(Optional<NodeId> caller, Smell networkId, int wanted) {
        Members members = networks.get(networkId);
        if (members == null) {
            return List.of();
        }
        boolean hasCaller = caller.filter(members::lists).isPresent();
        // One more than wanted, since the caller may be drawn.
        return Sampling.of(members.listed(), hasCaller ? wanted + 1 : wanted, random).stream()
                .filter(it -> caller.filter(it.nodeId()::equals).isEmpty())
                .limit(wanted)
                .map(it -> it.request.peerRecord())
                .toList();
    }
}
