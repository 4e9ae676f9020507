package org.cheesecoin.chain.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

import org.cheesecoin.chain.wire.GossipUrl;
import org.cheesecoin.chain.wire.NodeId;

/** All connections that are not given up, in the order in which they were opened. */
final class Links {

    private final TreeMap<LinkId, Link> links = new TreeMap<>();

    void add(Link link) {
        links.put(link.id(), link);
    }

    Optional<Link> remove(LinkId id) {
        return Optional.ofNullable(links.remove(id));
    }

    Optional<Link> get(LinkId id) {
        return Optional.ofNullable(links.get(id));
    }

    /** A copy, so that links may come and go while one walks it. */
    List<Link> all() {
        return new ArrayList<>(links.values());
    }

    List<Link> ready() {
        return where(Link::isReady);
    }

    List<Link> where(Predicate<Link> condition) {
        return links.values().stream().filter(condition).toList();
    }

    long count(Predicate<Link> condition) {
        return links.values().stream().filter(condition).count();
    }

    Optional<Link> readyTo(NodeId nodeId) {
        return links.values().stream()
                .filter(link -> link.isReady() && link.nodeId().equals(Optional.of(nodeId)))
                .findFirst();
    }

    boolean dials(GossipUrl url) {
        return links.values().stream().anyMatch(link -> link.dialled().equals(Optional.of(url)));
    }
}
