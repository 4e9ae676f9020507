package org.cheesecoin.system.kubernetes;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.BindException;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Names, ports, paths and variables that the manifests give are the services' own. */
class KubernetesSettingsTest {

    /** As docs/operations.md promises. */
    private static final int UPGRADE_SECONDS = 3_600;

    /** Variables that only other variables refer to, and the one that the JVM itself reads. */
    private static final Set<String> NO_PROPERTIES = Set.of("POD_NAME", "POD_NAMESPACE", "DATABASE_SERVER",
            "JDK_JAVA_OPTIONS");

    private static final int MORE_THAN_ANY = 12;

    private final ServiceSettings memberService = ServiceSettings.member();
    private final ServiceSettings trackerService = ServiceSettings.tracker();

    @ParameterizedTest
    @ValueSource(strings = {"base", "local", "production"})
    void everyVariableSetsAProperty(String name) {
        Manifests manifests = KubernetesTest.manifests(name);
        assertThat(memberService.unknown(names(member(manifests, 0)))).isEmpty();
        assertThat(trackerService.unknown(names(tracker(manifests, 0)))).isEmpty();
    }

    @Test
    void aMisspeltVariableIsNoticed() {
        assertThat(memberService.unknown(Set.of("CHEESECOIN_GOSIP_PORT", "CHEESECOIN_GOSSIP_PORT", "SERVER_ADRESS",
                "CHEESECOIN_WALLET_PASSPHRASE_FILE", "CHEESECOIN_WALLET_PASSPHRASEFILE", "CHEESECOIN_TRACKER_URL")))
                .containsExactly("CHEESECOIN_GOSIP_PORT", "CHEESECOIN_TRACKER_URL", "SERVER_ADRESS");
    }

    @Test
    void aValueOutOfItsRangeIsNoticed() {
        Map<String, String> variables = new LinkedHashMap<>(member(Manifests.base(), 0));
        variables.put("CHEESECOIN_GOSSIP_URL", "ws://member-0/gossip");
        assertThatThrownBy(() -> memberService.bound(variables)).isInstanceOf(BindException.class)
                .rootCause().hasMessageStartingWith("cheesecoin.gossip.url is 'ws://member-0/gossip'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "local", "production"})
    void eachMemberTellsOthersItsOwnNameAndGossipPort(String name) {
        Manifests manifests = KubernetesTest.manifests(name);
        StatefulSet set = manifests.one(StatefulSet.class, "member");
        for (int i = 0; i < MORE_THAN_ANY; i++) {
            Map<String, Object> settings = memberService.bound(member(manifests, i));
            int port = KubernetesTest.ports(set).get("gossip");
            assertThat(settings).containsEntry("gossip.port", port)
                    .containsEntry("gossip.url", Optional.of(
                            "ws://member-%d.%s.cheesecoin.svc:%d/gossip".formatted(i, set.getSpec().getServiceName(),
                                    port)));
            assertThat(settings.get("data")).hasToString(KubernetesTest.mount(KubernetesTest.container(set), "data"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "local", "production"})
    void membersKnowEachTrackerByTheNameThatItAnswersTo(String name) {
        Manifests manifests = KubernetesTest.manifests(name);
        StatefulSet trackers = manifests.one(StatefulSet.class, "tracker");
        List<Object> answeredTo = IntStream.range(0, trackers.getSpec().getReplicas())
                .mapToObj(it -> trackerService.bound(tracker(manifests, it)).get("url"))
                .toList();
        List<String> told = texts(memberService.bound(member(manifests, 0)).get("trackers"));
        assertThat(told).hasSize(2);
        assertThat(answeredTo).isEqualTo(told.stream().map(List::of).toList());
        for (int i = 0; i < told.size(); i++) {
            URI url = URI.create(told.get(i));
            assertThat(url.getHost()).isEqualTo("tracker-%d.%s.cheesecoin.svc", i, trackers.getSpec().getServiceName());
            assertThat(url.getPort()).isEqualTo(KubernetesTest.ports(trackers).get("http"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "local", "production"})
    void eachServiceListensWhereItsPortsSay(String name) {
        Manifests manifests = KubernetesTest.manifests(name);
        assertListens(memberService, member(manifests, 0), manifests.one(StatefulSet.class, "member"));
        assertListens(trackerService, tracker(manifests, 0), manifests.one(StatefulSet.class, "tracker"));
    }

    private static void assertListens(ServiceSettings service, Map<String, String> variables, StatefulSet set) {
        Map<String, Integer> ports = KubernetesTest.ports(set);
        assertThat(service.value("server.port", variables)).isEqualTo(ports.get("http").toString());
        assertThat(service.value("server.address", variables)).isEqualTo("0.0.0.0");
        assertThat(service.value("management.server.port", variables)).isEqualTo(ports.get("management").toString());
        assertThat(service.value("management.server.address", variables)).isEqualTo("0.0.0.0");
        assertThat(set.getSpec().getTemplate().getMetadata().getAnnotations())
                .containsEntry("prometheus.io/port", ports.get("management").toString())
                .containsEntry("prometheus.io/path", "/actuator/prometheus");
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "local", "production"})
    void probesAskForWhatTheServicesServe(String name) {
        Manifests manifests = KubernetesTest.manifests(name);
        for (ServiceSettings service : List.of(memberService, trackerService)) {
            assertThat(service.value("management.endpoint.health.probes.enabled", Map.of())).isEqualTo("true");
            assertThat(service.value("management.endpoints.web.exposure.include", Map.of()).split(", *"))
                    .contains("health", "prometheus");
            assertThatThrownBy(() -> service.value("management.endpoints.web.base-path", Map.of()))
                    .as("/actuator is where Spring Boot has it").isInstanceOf(AssertionError.class);
        }
        for (StatefulSet set : manifests.all(StatefulSet.class)) {
            Container container = KubernetesTest.container(set);
            assertProbe(container.getStartupProbe(), "/actuator/health/liveness");
            assertProbe(container.getLivenessProbe(), "/actuator/health/liveness");
            assertProbe(container.getReadinessProbe(), "/actuator/health/readiness");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "local", "production"})
    void theStartupProbeWaitsForAnUpgradeOfTheDatabase(String name) {
        Probe probe = KubernetesTest.container(KubernetesTest.manifests(name).one(StatefulSet.class, "member"))
                .getStartupProbe();
        assertThat(probe.getPeriodSeconds() * probe.getFailureThreshold()).isGreaterThanOrEqualTo(UPGRADE_SECONDS);
    }

    private static void assertProbe(Probe probe, String path) {
        assertThat(probe.getHttpGet().getPath()).isEqualTo(path);
        assertThat(probe.getHttpGet().getPort().getStrVal()).isEqualTo("management");
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "local", "production"})
    void theWalletsPassphraseIsReadWhereItsSecretIsMounted(String name) {
        Manifests manifests = KubernetesTest.manifests(name);
        StatefulSet set = manifests.one(StatefulSet.class, "member");
        String folder = KubernetesTest.mount(KubernetesTest.container(set), "secrets");
        String file = set.getSpec().getTemplate().getSpec().getVolumes().stream()
                .filter(it -> it.getName().equals("secrets"))
                .map(it -> it.getSecret().getItems().getFirst())
                .filter(it -> it.getKey().equals("wallet-passphrase"))
                .map(it -> folder + "/" + it.getPath())
                .findFirst()
                .orElseThrow();
        Map<String, Object> settings = memberService.bound(member(manifests, 0));
        assertThat(settings.get("wallet.passphraseFile")).isEqualTo(Optional.of(file));
        assertThat((Optional<?>) settings.get("ownerToken")).isPresent();
    }

    @Test
    void theExampleTokenIsOneThatAMemberTakes() {
        String token = Stream.of(Checkout.text("k8s/local/secrets.example.env").split("\n"))
                .filter(it -> it.startsWith("owner-token="))
                .map(it -> it.substring("owner-token=".length()))
                .findFirst()
                .orElseThrow();
        Map<String, String> variables = new LinkedHashMap<>(member(Manifests.base(), 0));
        variables.put("CHEESECOIN_OWNER_TOKEN", token);
        assertThat((Optional<?>) memberService.bound(variables).get("ownerToken")).isPresent();
    }

    @Test
    void eachMemberOfProductionHasADatabaseOfItsOwn() {
        Manifests manifests = KubernetesTest.manifests("production");
        TreeSet<String> urls = new TreeSet<>();
        for (int i = 0; i < MORE_THAN_ANY; i++) {
            String url = memberService.value("spring.datasource.url", member(manifests, i));
            assertThat(url).isEqualTo("jdbc:postgresql://secret-of-member-database-server/member-%d?sslmode=require",
                    i);
            urls.add(url);
        }
        assertThat(urls).hasSize(MORE_THAN_ANY);
    }

    private static Set<String> names(Map<String, String> variables) {
        Set<String> names = new TreeSet<>(variables.keySet());
        names.removeAll(NO_PROPERTIES);
        return names;
    }

    private static List<String> texts(Object list) {
        return ((List<?>) list).stream().map(String.class::cast).toList();
    }

    private static Map<String, String> member(Manifests manifests, int ordinal) {
        return environment(manifests, "member", ordinal);
    }

    private static Map<String, String> tracker(Manifests manifests, int ordinal) {
        return environment(manifests, "tracker", ordinal);
    }

    /** Each secret is a text that names it. */
    private static Map<String, String> environment(Manifests manifests, String set, int ordinal) {
        return PodEnvironment.of(manifests.one(StatefulSet.class, set), ordinal,
                it -> "secret-of-" + it.replace('/', '-'));
    }
}
