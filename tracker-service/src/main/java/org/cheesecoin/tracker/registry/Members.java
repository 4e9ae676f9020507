package org.cheesecoin.tracker.registry;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.cheesecoin.chain.wire.NodeId;

/** The leases of one network: how many, and the listed ones in a list that is cheap to draw from. */
final class Members {

    private final List<Lease> listed = new ArrayList<>();
    private final Map<NodeId, Integer> positions = new HashMap<>();
    private int leases;

    int leases() {
        return leases;
    }

    List<Lease> listed() {
        return listed;
    }

    void countLease() {
        leases++;
    }

    void uncountLease() {
        leases--;
    }

    boolean lists(NodeId nodeId) {
        return positions.containsKey(nodeId);
    }

    void list(Lease lease) {
        positions.put(lease.nodeId(), listed.size());
        listed.add(lease);
    }

    /** The last one takes the free place. */
    void unlist(Lease lease) {
        Integer position = positions.remove(lease.nodeId());
        if (position == null) {
            return;
        }
        Lease last = listed.removeLast();
        if (last != lease) {
            listed.set(position, last);
            positions.put(last.nodeId(), position);
        }
    }
}
