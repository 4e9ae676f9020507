package org.cheesecoin.tracker.observatory;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.wire.NodeId;
import org.cheesecoin.chain.wire.TrackerRequest.LeaseRequest;
import org.cheesecoin.tracker.registry.NetworkView;
import org.cheesecoin.tracker.registry.NetworkView.ListedMember;

/**
 * A network as its members describe it.
 *
 * @param view who is listed
 * @param tips the tips there are, the one with the most members first
 * @param links who is connected to whom, each pair once, between the members of the view
 */
public record NetworkMap(NetworkView view, List<Tip> tips, List<Link> links) {

    /** Most members of one map. */
    public static final int MAX_MEMBERS = 500;

    /**
     * A tip that members have.
     *
     * @param smell which
     * @param height its height
     * @param members how many have it
     */
    public record Tip(Smell smell, int height, int members) {}

    /**
     * A connection that at least one end speaks of.
     *
     * @param from the smaller id
     * @param to the larger one
     */
    public record Link(NodeId from, NodeId to) {

        static Link between(NodeId one, NodeId other) {
            return one.compareTo(other) <= 0 ? new Link(one, other) : new Link(other, one);
        }
    }

    public NetworkMap {
        tips = List.copyOf(tips);
        links = List.copyOf(links);
    }

    /** Draws the map. */
    public static NetworkMap of(NetworkView view) {
        return new NetworkMap(view, tipsOf(view), linksOf(view));
    }

    private static List<Tip> tipsOf(NetworkView view) {
        Map<Smell, Tip> tips = new LinkedHashMap<>();
        for (ListedMember member : view.members()) {
            LeaseRequest said = member.request();
            tips.merge(
                    said.tipSmell(),
                    new Tip(said.tipSmell(), said.tipHeight(), 1),
                    (before, _) -> new Tip(before.smell(), before.height(), before.members() + 1));
        }
        return tips.values().stream()
                .sorted(Comparator.comparingInt(Tip::members).thenComparingInt(Tip::height).reversed())
                .toList();
    }

    private static List<Link> linksOf(NetworkView view) {
        Set<NodeId> listed = new LinkedHashSet<>();
        view.members().forEach(it -> listed.add(it.request().nodeId()));
        Set<Link> links = new LinkedHashSet<>();
        for (ListedMember member : view.members()) {
            NodeId from = member.request().nodeId();
            member.request().connectedTo().stream()
                    .filter(it -> listed.contains(it) && !it.equals(from))
                    .forEach(to -> links.add(Link.between(from, to)));
        }
        return new ArrayList<>(links);
    }
}
