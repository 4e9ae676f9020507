package org.cheesecoin.tracker.observatory;

import java.util.List;

import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.wire.NodeId;
import org.cheesecoin.chain.wire.TrackerRequest.LeaseRequest;
import org.cheesecoin.tracker.observatory.NetworkMap.Tip;
import org.cheesecoin.tracker.registry.NetworkView;
import org.cheesecoin.tracker.registry.NetworkView.ListedMember;
import org.cheesecoin.tracker.testing.TestMember;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class NetworkMapTest {

    private static final Smell LOW = TestMember.network("low");
    private static final Smell HIGH = TestMember.network("high");
    private static final NodeId ONE = TestMember.of(1).id();
    private static final NodeId TWO = TestMember.of(2).id();
    private static final NodeId THREE = TestMember.of(3).id();
    private static final NodeId STRANGER = TestMember.of(4).id();

    @Test
    void countsTipsAndDrawsEachLinkOnce() {
        NetworkMap map = NetworkMap.of(new NetworkView(TestMember.NETWORK, 3, List.of(
                member(1, LOW, 4, TWO, STRANGER, ONE),
                member(2, HIGH, 5, ONE),
                member(3, LOW, 4, TWO))));
        assertThat(map.tips()).containsExactly(new Tip(LOW, 4, 2), new Tip(HIGH, 5, 1));
        assertThat(map.links()).containsExactlyInAnyOrder(
                NetworkMap.Link.between(TWO, ONE), NetworkMap.Link.between(THREE, TWO));
        assertThat(map.links()).allSatisfy(it -> assertThat(it.from()).isLessThan(it.to()));
    }

    private static ListedMember member(int number, Smell tip, int height, NodeId... connectedTo) {
        return new ListedMember(
                new LeaseRequest(TestMember.of(number).peerRecord(1), "1", tip, height, List.of(connectedTo)), 1);
    }
}
