package org.cheesecoin.tracker.registry;

import java.util.Random;

import org.cheesecoin.chain.consensus.Moment;
import org.cheesecoin.tracker.testing.TestMember;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Every limit of the registry, reached. */
class RegistryLimitsTest {

    private static final long NOW = 1_000_000;

    private long issued = NOW;

    @Test
    void refusesANetworkTooMany() {
        var registry = registry(2, 10, 10, 10, 10, 10, 10);
        register(registry, 1, "a", "x");
        register(registry, 2, "b", "x");
        assertThat(register(registry, 3, "c", "x")).isEqualTo(full("maxNetworks", 2));
        assertThat(register(registry, 3, "b", "x")).isInstanceOf(Answer.Granted.class);
    }

    @Test
    void refusesAMemberTooManyOfANetwork() {
        var registry = registry(10, 2, 10, 10, 10, 10, 10);
        register(registry, 1, "a", "x");
        register(registry, 2, "a", "x");
        assertThat(register(registry, 3, "a", "x")).isEqualTo(full("maxMembersPerNetwork", 2));
        assertThat(register(registry, 1, "a", "x")).isInstanceOf(Answer.Granted.class);
    }

    @Test
    void refusesALeaseTooMany() {
        var registry = registry(10, 10, 2, 10, 10, 10, 10);
        register(registry, 1, "a", "x");
        register(registry, 2, "b", "x");
        assertThat(register(registry, 3, "b", "x")).isEqualTo(full("maxLeases", 2));
        assertThat(register(registry, 2, "a", "y")).isInstanceOf(Answer.Granted.class);
    }

    @Test
    void refusesAnUnprovedLeaseTooManyAndTakesItOnceAnotherIsProved() {
        var registry = registry(10, 10, 10, 1, 10, 10, 10);
        register(registry, 1, "a", "x");
        assertThat(register(registry, 2, "a", "x")).isEqualTo(full("maxUnprovedLeases", 1));
        Dial dial = registry.takeDials(1, NOW).getFirst();
        registry.finishDial(dial, new DialResult.Proved(dial.nodeId()), NOW);
        assertThat(register(registry, 2, "a", "x")).isInstanceOf(Answer.Granted.class);
    }

    @Test
    void refusesALeaseTooManyOfAnAddress() {
        var registry = registry(10, 10, 10, 10, 2, 10, 10);
        register(registry, 1, "a", "x");
        register(registry, 2, "a", "x");
        assertThat(register(registry, 3, "a", "x")).isEqualTo(full("maxLeasesPerAddress", 2));
        assertThat(register(registry, 3, "a", "y")).isInstanceOf(Answer.Granted.class);
        assertThat(register(registry, 3, "a", "x")).isEqualTo(full("maxLeasesPerAddress", 2));
        assertThat(register(registry, 1, "a", "y")).isInstanceOf(Answer.Granted.class);
        assertThat(register(registry, 3, "a", "x")).isInstanceOf(Answer.Granted.class);
    }

    @Test
    void refusesAnIdThatItCouldNotRemember() {
        var registry = registry(10, 10, 10, 10, 10, 1, 10);
        register(registry, 1, "a", "x");
        assertThat(register(registry, 2, "a", "x")).isEqualTo(full("maxRememberedIds", 1));
        assertThat(registry.register(TestMember.of(2).lease(), "x", NOW + 120_001, Moment.of(NOW + 120_001)))
                .isInstanceOf(Answer.Granted.class);
    }

    @Test
    void dialsNoTargetThatItCouldNotRemember() {
        var registry = registry(10, 10, 10, 10, 10, 10, 1);
        register(registry, 1, "a", "x");
        register(registry, 2, "a", "x");
        assertThat(registry.takeDials(10, NOW)).hasSize(1);
        assertThat(registry.takeDials(10, NOW + 10_000)).hasSize(1);
    }

    @Test
    void refusesALimitOfNothing() {
        assertThatThrownBy(() -> registry(0, 1, 1, 1, 1, 1, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Registry registry(
            int networks, int perNetwork, int leases, int unproved, int perAddress, int ids, int targets) {
        return new Registry(
                new RegistryLimits(30_000, 60_000, networks, perNetwork, leases, unproved, perAddress, ids, 10_000,
                        60_000, 3, targets),
                new Random(1));
    }

    private Answer<LeaseGrant> register(Registry registry, int member, String network, String address) {
        var request = TestMember.of(member).in(TestMember.network(network)).lease();
        return registry.register(request, address, ++issued, Moment.of(NOW));
    }

    private static Answer<LeaseGrant> full(String limit, int most) {
        return Answer.refused(new Refusal.Full(limit, most));
    }
}
