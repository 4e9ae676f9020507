package org.cheesecoin.member.peering;

/** How this member stands with a tracker, by the tracker's last answer. */
public sealed interface TrackerStanding {

    /** It has not answered yet. */
    record Asking() implements TrackerStanding {}

    /** It gave a lease, and has not dialled this member since. */
    record Waiting() implements TrackerStanding {}

    /** Others are told of this member. */
    record Listed() implements TrackerStanding {}

    /**
     * It gave a lease, and cannot reach this member at its gossip URL: nobody is told of it.
     *
     * @param reason the tracker's, in one line
     */
    record Unreachable(String reason) implements TrackerStanding {}

    /**
     * It gave no lease.
     *
     * @param reason the tracker's, or why it could not be asked, in one line
     */
    record NoLease(String reason) implements TrackerStanding {}
}
