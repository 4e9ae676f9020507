package org.cheesecoin.member.peering;

import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.cheesecoin.chain.wire.MessageType;
import org.cheesecoin.web.guard.Account;

/** Who of those that dialled this member gives way when all places are taken. */
final class Places {

    private Places() {}

    /**
     * One that has a place.
     *
     * @param number larger for a younger one
     * @param address where it came from, or what counts as one with it
     * @param phase whether it has proved who it is
     */
    record Holder(long number, String address, MessageType.Phase phase) {

        /** @param remoteAddress of the other end; of IPv6 the first 64 bits count, since whoever has one has all */
        static Holder of(long number, String remoteAddress, MessageType.Phase phase) {
            return new Holder(number, Account.nameOf(remoteAddress), phase);
        }
    }

    /**
     * The youngest unproved one of the address that has the most places among those with an unproved one. Not the newcomer:
     * else whoever came first with many keeps everybody out.
     *
     * @return nobody where all have proved who they are
     */
    static Optional<Holder> givesWay(Collection<Holder> holders) {
        Map<String, Long> crowds = holders.stream()
                .collect(Collectors.groupingBy(Holder::address, Collectors.counting()));
        Function<Holder, Long> crowd = holder -> crowds.getOrDefault(holder.address(), 0L);
        return holders.stream()
                .filter(holder -> holder.phase() == MessageType.Phase.HANDSHAKE)
                .max(Comparator.comparing(crowd).thenComparing(Holder::number));
    }
}
