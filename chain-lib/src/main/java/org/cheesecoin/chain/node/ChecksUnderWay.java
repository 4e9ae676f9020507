package org.cheesecoin.chain.node;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.cheesecoin.chain.cheese.FullId;
import org.cheesecoin.chain.cheese.Payment;

/**
 * The payments whose signatures are being checked, and who waits for each. Half of the room is for users, half for peers,
 * of which each link is sure of its part: so no flood of peers keeps a user waiting, nor one peer the others.
 */
final class ChecksUnderWay {

    /** What a check takes beside its payment, in bytes of an encoding. */
    private static final int CHECK_BYTES = 100;

    /**
     * Who waits for a check: peers for nothing, users for an answer.
     *
     * @param payment what is checked
     * @param from who sent it; none where a user did, or it was an orphan
     * @param submissions of users
     * @param payer whose room it takes; none for the users'
     */
    record Pending(
            Payment payment, Optional<LinkId> from, List<SubmissionId> submissions, Optional<LinkId> payer) {}

    /** Stands for orphans that found their parents, whose senders may be gone. */
    private static final LinkId ADOPTED = new LinkId(0);

    private final int limit;
    private final long userBytes;
    private final Map<FullId, Pending> pending = new LinkedHashMap<>();
    private final SharedRoom<LinkId> peersRoom;
    private long takenByUsers;
    private int ofUsers;

    ChecksUnderWay(NodeLimits limits) {
        this.limit = limits.transactionChecks();
        this.userBytes = limits.transactionCheckBytes() / 2;
        this.peersRoom = new SharedRoom<>(limits.transactionCheckBytes() - userBytes, limits.links());
    }

    boolean contains(FullId fullId) {
        return pending.containsKey(fullId);
    }

    int count() {
        return pending.size();
    }

    /** How many more payments of peers may be checked at once, if they are small. */
    int roomForPeers() {
        return limit - (pending.size() - ofUsers);
    }

    /** Whether an orphan that found its parent may be checked now. */
    boolean hasRoomForOrphan(Payment payment) {
        return roomForPeers() > 0 && peersRoom.hasRoom(ADOPTED, bytes(payment));
    }

    /** One more user waits for a check that is under way; answers whether it is. */
    boolean alsoWaits(Payment payment, SubmissionId submission) {
        Pending same = pending.get(payment.fullId());
        if (same == null) {
            return false;
        }
        List<SubmissionId> all = new ArrayList<>(same.submissions());
        all.add(submission);
        pending.put(payment.fullId(), new Pending(payment, same.from(), all, same.payer()));
        return true;
    }

    /** Begins a check if there is room for it; answers whether there was. */
    boolean begin(Payment payment, Optional<LinkId> from, List<SubmissionId> submissions) {
        long bytes = bytes(payment);
        Optional<LinkId> payer = submissions.isEmpty() ? Optional.of(from.orElse(ADOPTED)) : Optional.empty();
        if (payer.isEmpty()) {
            if (ofUsers >= limit || takenByUsers + bytes > userBytes) {
                return false;
            }
            ofUsers++;
            takenByUsers += bytes;
        } else if (roomForPeers() <= 0 || !peersRoom.take(payer.get(), bytes)) {
            return false;
        }
        pending.put(payment.fullId(), new Pending(payment, from, submissions, payer));
        return true;
    }

    /** The check is done; answers who waited for it. */
    Optional<Pending> done(FullId fullId) {
        Optional<Pending> done = Optional.ofNullable(pending.remove(fullId));
        done.ifPresent(check -> check.payer().ifPresentOrElse(
                link -> peersRoom.give(link, bytes(check.payment())),
                () -> {
                    ofUsers--;
                    takenByUsers -= bytes(check.payment());
                }));
        return done;
    }

    private static long bytes(Payment payment) {
        return payment.sizeBytes() + CHECK_BYTES;
    }
}
