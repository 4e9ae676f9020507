package org.cheesecoin.web.guard;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Predicate;

import org.cheesecoin.web.guard.Shares.Taken;

/**
 * Who holds what of the HTTP server. A connection is in it from its first byte to its end, or to its upgrade: from there
 * on whoever upgraded it counts it. Safe to share.
 */
public final class Account {

    private final GuardLimits limits;
    private final Predicate<InetAddress> isProxy;
    private final Shares connections;
    private final Places<GuardedSocket> idle;
    private final Places<GuardedSocket> heads;
    private final Places<GuardedSocket> bodies;
    private final Shares bodyBytes;
    private final Turns calls;
    private final Places<GuardedSocket> writers;

    /** An account with nothing in it, of a service that no proxy stands before. */
    public Account(GuardLimits limits) {
        this(limits, _ -> false);
    }

    /**
     * An account with nothing in it.
     *
     * @param isProxy whether many callers come from an address: each of its connections is counted for itself, since
     *     nothing is known of whose it is before a request is read
     */
    public Account(GuardLimits limits, Predicate<InetAddress> isProxy) {
        this.limits = limits;
        this.isProxy = isProxy;
        this.connections = new Shares(limits.connections());
        this.idle = new Places<>(limits.connections());
        this.heads = new Places<>(limits.heads());
        this.bodies = new Places<>(limits.bodies());
        this.bodyBytes = new Shares(limits.bodyBytes());
        this.calls = new Turns(limits.calls());
        this.writers = new Places<>(limits.writers());
    }

    /**
     * Under which name an address is counted: for IPv6 its first 64 bits, since one caller has all the others.
     *
     * @param address as {@link InetAddress#getHostAddress()} writes it
     */
    public static String nameOf(String address) {
        String[] groups = address.split(":", -1);
        return groups.length == 8 ? String.join(":", groups[0], groups[1], groups[2], groups[3]) : address;
    }

    /** Under which name a connection is counted, from its first byte to its end. */
    String nameOf(InetSocketAddress remote) {
        String name = nameOf(remote.getAddress().getHostAddress());
        return isProxy.test(remote.getAddress()) ? name + ' ' + remote.getPort() : name;
    }

    /** What may be held. */
    public GuardLimits limits() {
        return limits;
    }

    /** Open connections that were not upgraded. */
    public long connections() {
        return connections.total();
    }

    /** Connections on which a request has begun whose head is not complete. */
    public int unfinishedHeads() {
        return heads.total();
    }

    /** Calls whose body is on its way. */
    public int unfinishedBodies() {
        return bodies.total();
    }

    /** Bytes of bodies that are held. */
    public long bodyBytes() {
        return bodyBytes.total();
    }

    /** Answers whose reader takes no more for now. */
    public int waitingForReaders() {
        return writers.total();
    }

    Turns calls() {
        return calls;
    }

    Shares bodyBytesShares() {
        return bodyBytes;
    }

    /** Lets a connection in, if need be in the place of an idle one: of the same address, or of the one with most. */
    boolean admit(String address) {
        Taken taken = connections.take(address, 1);
        if (taken == Taken.YES) {
            return true;
        }
        Optional<GuardedSocket> leaver = taken == Taken.EACH_FULL ? idle.longestOf(address) : idle.longestOfMost();
        leaver.ifPresent(GuardedSocket::makeRoom);
        return leaver.isPresent() && connections.take(address, 1) == Taken.YES;
    }

    void gone(String address) {
        connections.give(address, 1);
    }

    Places<GuardedSocket> idle() {
        return idle;
    }

    Places<GuardedSocket> heads() {
        return heads;
    }

    Places<GuardedSocket> bodies() {
        return bodies;
    }

    Places<GuardedSocket> writers() {
        return writers;
    }
}
