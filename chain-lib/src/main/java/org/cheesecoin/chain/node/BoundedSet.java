package org.cheesecoin.chain.node;

import java.util.LinkedHashSet;

/** A set that forgets its oldest member when it is full. */
final class BoundedSet<T> {

    private final LinkedHashSet<T> members = new LinkedHashSet<>();
    private final int limit;

    BoundedSet(int limit) {
        this.limit = limit;
    }

    boolean add(T member) {
        boolean added = members.add(member);
        if (members.size() > limit) {
            members.removeFirst();
        }
        return added;
    }

    boolean contains(T member) {
        return members.contains(member);
    }

    boolean remove(T member) {
        return members.remove(member);
    }

    void clear() {
        members.clear();
    }

    int size() {
        return members.size();
    }
}
