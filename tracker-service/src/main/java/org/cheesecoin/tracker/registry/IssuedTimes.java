package org.cheesecoin.tracker.registry;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import org.cheesecoin.chain.consensus.Moment;
import org.cheesecoin.chain.wire.NodeId;

/** The last time that each id signed: no signature is taken twice, also after its lease has ended. */
final class IssuedTimes {

    private record Last(long issuedAtMillis, long forgetAtMillis) {}

    private final RegistryLimits limits;
    private final Map<NodeId, Last> lastByNode = new LinkedHashMap<>();

    IssuedTimes(RegistryLimits limits) {
        this.limits = limits;
    }

    /** Whether this time is near the tracker's. */
    static Optional<Refusal> checkClock(long issuedAtMillis, long clockMillis, long toleranceMillis) {
        return issuedAtMillis < clockMillis - toleranceMillis || issuedAtMillis > clockMillis + toleranceMillis
                ? Optional.of(new Refusal.ClockDiffers(clockMillis, issuedAtMillis, toleranceMillis))
                : Optional.empty();
    }

    /**
     * Takes the time if it is near the tracker's and later than the last. The last is remembered for a while of the steady
     * clock: where clocks are set back, members are heard again after that while and not after as long as they were set
     * back. A signature of before that is then taken once more brings back a lease at most, which a dial must prove.
     */
    Optional<Refusal> take(NodeId signer, long issuedAtMillis, Moment now) {
        Optional<Refusal> clock = checkClock(issuedAtMillis, now.clockMillis(), limits.clockToleranceMillis());
        if (clock.isPresent()) {
            return clock;
        }
        forget(now.steadyMillis());
        Last last = lastByNode.get(signer);
        if (last != null && issuedAtMillis <= last.issuedAtMillis()) {
            return Optional.of(new Refusal.NotLater(issuedAtMillis, last.issuedAtMillis()));
        }
        if (last == null && lastByNode.size() >= limits.maxRememberedIds()) {
            return Optional.of(new Refusal.Full("maxRememberedIds", limits.maxRememberedIds()));
        }
        // Taken out first, so that the map stays in the order of forgetting.
        lastByNode.remove(signer);
        // Twice the tolerance from now, the clock check refuses everything up to this time.
        lastByNode.put(signer, new Last(issuedAtMillis, now.steadyMillis() + 2 * limits.clockToleranceMillis()));
        return Optional.empty();
    }

    private void forget(long nowMillis) {
        Iterator<Last> oldestFirst = lastByNode.values().iterator();
        while (oldestFirst.hasNext() && oldestFirst.next().forgetAtMillis() < nowMillis) {
            oldestFirst.remove();
        }
    }
}
