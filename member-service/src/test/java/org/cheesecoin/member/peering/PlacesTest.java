package org.cheesecoin.member.peering;

import java.util.ArrayList;
import java.util.List;

import org.cheesecoin.chain.wire.MessageType.Phase;
import org.cheesecoin.member.peering.Places.Holder;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Whoever comes with many makes room for who comes alone. */
class PlacesTest {

    @Test
    void theYoungestUnprovedOfTheMostCrowdedAddressGivesWay() {
        List<Holder> holders = new ArrayList<>();
        holders.add(new Holder(1, "a", Phase.HANDSHAKE));
        holders.add(new Holder(2, "b", Phase.HANDSHAKE));
        holders.add(new Holder(3, "b", Phase.HANDSHAKE));
        holders.add(new Holder(4, "b", Phase.JOINED));
        holders.add(new Holder(5, "c", Phase.HANDSHAKE));

        assertThat(Places.givesWay(holders)).contains(new Holder(3, "b", Phase.HANDSHAKE));
    }

    @Test
    void allAddressesOfOneCustomersNetworkAreOneCrowd() {
        List<Holder> holders = List.of(
                Holder.of(1, "2001:db8:0:1:0:0:0:1", Phase.HANDSHAKE),
                Holder.of(2, "2001:db8:0:1:0:0:0:2", Phase.HANDSHAKE),
                Holder.of(3, "10.1.1.1", Phase.HANDSHAKE));

        assertThat(Places.givesWay(holders)).map(Holder::number).contains(2L);
    }

    @Test
    void whoHasProvedWhoItIsStays() {
        List<Holder> holders = List.of(
                new Holder(1, "a", Phase.JOINED), new Holder(2, "a", Phase.JOINED),
                new Holder(3, "b", Phase.HANDSHAKE));

        assertThat(Places.givesWay(holders)).map(Holder::number).contains(3L);
        assertThat(Places.givesWay(holders.subList(0, 2))).isEmpty();
    }
}
