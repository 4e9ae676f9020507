package org.cheesecoin.tracker.registry;

import java.util.List;

import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.wire.TrackerRequest.LeaseRequest;

/**
 * The listed members of one network, with what each last said.
 *
 * @param networkId which network
 * @param memberCount how many are listed
 * @param members the first of them, longest listed first, up to the number asked for
 */
public record NetworkView(Smell networkId, int memberCount, List<ListedMember> members) {

    /**
     * One listed member.
     *
     * @param request what it last said
     * @param expiresAtMillis when its lease ends
     */
    public record ListedMember(LeaseRequest request, long expiresAtMillis) {}

    public NetworkView {
        members = List.copyOf(members);
    }
}
