package org.cheesecoin.system.kubernetes;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;

import static org.assertj.core.api.Assertions.assertThat;

/** Who reaches what, by the rules that a cluster would apply: allowed out at one end and in at the other. */
class NetworkPolicyTest {

    private static final String NAMESPACE_NAME = "kubernetes.io/metadata.name";

    private static final End TRACKER = pod("tracker");
    private static final End MEMBER = pod("member");
    private static final End SOMEBODY_BESIDE = new End("cheesecoin", Map.of("app", "another"));
    private static final End INGRESS = new End("ingress-nginx", Map.of("app.kubernetes.io/name", "ingress-nginx"));
    private static final End MONITORING = new End("monitoring", Map.of("app.kubernetes.io/name", "prometheus"));
    private static final End NAMES = new End("kube-system", Map.of("k8s-app", "kube-dns"));
    private static final End STRANGER = new End("default", Map.of("app.kubernetes.io/name", "cheesecoin",
            "app.kubernetes.io/component", "member"));

    /** A pod: its namespace and its labels. */
    private record End(String namespace, Map<String, String> labels) {}

    @ParameterizedTest
    @ValueSource(strings = {"base", "local", "production"})
    void membersGossipAndTheirTrackersProbeThem(String name) {
        Net net = new Net(KubernetesTest.manifests(name));
        assertThat(net.reaches(MEMBER, MEMBER, "gossip")).isTrue();
        assertThat(net.reaches(TRACKER, MEMBER, "gossip")).isTrue();
        assertThat(net.reaches(MEMBER, TRACKER, "http")).isTrue();
        for (End other : List.of(INGRESS, MONITORING, STRANGER, SOMEBODY_BESIDE)) {
            assertThat(net.reaches(other, MEMBER, "gossip")).as("%s to gossip", other).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "local", "production"})
    void onlyTheIngressReachesAMembersApiAndOnlyMembersATrackers(String name) {
        Net net = new Net(KubernetesTest.manifests(name));
        assertThat(net.reaches(INGRESS, MEMBER, "http")).isTrue();
        for (End other : List.of(MEMBER, TRACKER, MONITORING, STRANGER, SOMEBODY_BESIDE)) {
            assertThat(net.reaches(other, MEMBER, "http")).as("%s to a member's API", other).isFalse();
        }
        for (End other : List.of(TRACKER, INGRESS, MONITORING, STRANGER, SOMEBODY_BESIDE)) {
            assertThat(net.reaches(other, TRACKER, "http")).as("%s to a tracker", other).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "local", "production"})
    void onlyTheMonitoringReachesMetrics(String name) {
        Net net = new Net(KubernetesTest.manifests(name));
        for (End pod : List.of(MEMBER, TRACKER)) {
            assertThat(net.reaches(MONITORING, pod, "management")).isTrue();
            for (End other : List.of(MEMBER, TRACKER, INGRESS, STRANGER, SOMEBODY_BESIDE)) {
                assertThat(net.reaches(other, pod, "management")).as("%s to the metrics of %s", other, pod).isFalse();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "local", "production"})
    void allResolveNamesAndCallNobodyElse(String name) {
        Net net = new Net(KubernetesTest.manifests(name));
        for (End pod : List.of(MEMBER, TRACKER)) {
            assertThat(net.goesOut(pod, NAMES, "UDP", "53")).isTrue();
            assertThat(net.goesOut(pod, NAMES, "TCP", "53")).isTrue();
            assertThat(net.goesOut(pod, STRANGER, "TCP", "443")).isFalse();
            assertThat(net.goesOut(pod, STRANGER, "TCP", "7070")).isFalse();
        }
        assertThat(net.goesOut(MEMBER, STRANGER, "TCP", "5432")).isEqualTo(name.equals("production"));
        assertThat(net.goesOut(TRACKER, STRANGER, "TCP", "5432")).isFalse();
    }

    /**
     * Some networks look a name up among the ports of all pods of the cluster, and leave out the whole rule where two of
     * them give it different numbers, as members and trackers do with "http".
     */
    @ParameterizedTest
    @ValueSource(strings = {"base", "local", "production"})
    void whatGoesOutIsAllowedByNumberNotByAName(String name) {
        assertThat(KubernetesTest.manifests(name).all(NetworkPolicy.class).stream()
                .flatMap(it -> it.getSpec().getEgress().stream())
                .flatMap(it -> it.getPorts().stream())
                .map(it -> Optional.ofNullable(it.getPort().getStrVal()).orElse("")))
                .isNotEmpty()
                .containsOnly("");
    }

    private static End pod(String component) {
        return new End("cheesecoin",
                Map.of("app.kubernetes.io/name", "cheesecoin", "app.kubernetes.io/component", component));
    }

    /** The policies of the namespace. In at a port goes by its name, out to it by its number. */
    private record Net(Manifests manifests) {

        boolean reaches(End from, End to, String port) {
            StatefulSet target = manifests.one(StatefulSet.class, to.labels().get("app.kubernetes.io/component"));
            assertThat(KubernetesTest.ports(target)).containsKey(port);
            String number = KubernetesTest.ports(target).get(port).toString();
            boolean out = !from.namespace().equals("cheesecoin") || goesOut(from, to, "TCP", number);
            return out && comesIn(from, to, "TCP", port);
        }

        boolean goesOut(End from, End to, String protocol, String port) {
            List<NetworkPolicy> policies = of(from, "Egress");
            assertThat(policies).as("policies for what leaves %s", from).isNotEmpty();
            return policies.stream().flatMap(it -> it.getSpec().getEgress().stream())
                    .anyMatch(it -> meets(it.getTo(), to) && opens(it.getPorts(), protocol, port));
        }

        private boolean comesIn(End from, End to, String protocol, String port) {
            List<NetworkPolicy> policies = of(to, "Ingress");
            assertThat(policies).as("policies for what enters %s", to).isNotEmpty();
            return policies.stream().flatMap(it -> it.getSpec().getIngress().stream())
                    .anyMatch(it -> meets(it.getFrom(), from) && opens(it.getPorts(), protocol, port));
        }

        private List<NetworkPolicy> of(End pod, String type) {
            return manifests.all(NetworkPolicy.class).stream()
                    .filter(it -> it.getSpec().getPolicyTypes().contains(type))
                    .filter(it -> matches(it.getSpec().getPodSelector(), pod.labels()))
                    .toList();
        }

        /** None named: anybody. */
        private static boolean meets(List<NetworkPolicyPeer> peers, End end) {
            return peers.isEmpty() || peers.stream().anyMatch(peer -> {
                assertThat(peer.getIpBlock()).as("a block of addresses, which this test cannot judge").isNull();
                boolean isNamespace = Optional.ofNullable(peer.getNamespaceSelector())
                        .map(it -> matches(it, Map.of(NAMESPACE_NAME, end.namespace())))
                        .orElse(end.namespace().equals("cheesecoin"));
                return isNamespace && Optional.ofNullable(peer.getPodSelector())
                        .map(it -> matches(it, end.labels())).orElse(true);
            });
        }

        private static boolean opens(List<NetworkPolicyPort> ports, String protocol, String port) {
            return ports.stream().anyMatch(it -> it.getProtocol().equals(protocol)
                    && port.equals(Optional.ofNullable(it.getPort().getStrVal())
                            .orElseGet(() -> String.valueOf(it.getPort().getIntVal()))));
        }

        private static boolean matches(LabelSelector selector, Map<String, String> labels) {
            assertThat(selector.getMatchExpressions()).isEmpty();
            return Optional.ofNullable(selector.getMatchLabels()).orElse(Map.of()).entrySet().stream()
                    .allMatch(it -> it.getValue().equals(labels.get(it.getKey())));
        }
    }
}
