package org.cheesecoin.system.kubernetes;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The programs take what the manifests give: two trackers and two members run as processes with their pods' environments,
 * on the pods' ports and under the pods' names, and become one network. Needs loopback addresses beside 127.0.0.1.
 */
@EnabledOnOs(OS.LINUX)
@TestMethodOrder(OrderAnnotation.class)
class KubernetesIT {

    private static final int START_SECONDS = 240;
    private static final int MEET_SECONDS = 90;
    private static final String TOKEN = "token-of-the-test-0123";

    @TempDir static Path home;

    private static final List<LoopbackPod> TRACKERS = new ArrayList<>();
    private static final List<LoopbackPod> MEMBERS = new ArrayList<>();
    private static StatefulSet tracker;
    private static StatefulSet member;

    @BeforeAll
    static void startPods() {
        Manifests base = Manifests.base();
        tracker = base.one(StatefulSet.class, "tracker");
        member = base.one(StatefulSet.class, "member");
        int subnet = ThreadLocalRandom.current().nextInt(1, 255);
        Map<String, String> addresses = new LinkedHashMap<>();
        for (int i = 0; i < 2; i++) {
            addresses.put("tracker-" + i, "127.83.%d.%d".formatted(subnet, 10 + i));
            addresses.put("member-" + i, "127.83.%d.%d".formatted(subnet, 20 + i));
        }
        Map<String, String> secrets = Map.of("member-secrets/owner-token", TOKEN,
                "member-secrets/wallet-passphrase", "passphrase of the test");
        for (int i = 0; i < 2; i++) {
            TRACKERS.add(LoopbackPod.start(tracker, i, addresses, Map.of(), home));
            MEMBERS.add(LoopbackPod.start(member, i, addresses, secrets, home));
        }
    }

    @AfterAll
    static void killPods() {
        TRACKERS.forEach(LoopbackPod::close);
        MEMBERS.forEach(LoopbackPod::close);
        TRACKERS.clear();
        MEMBERS.clear();
    }

    @Test
    @Order(1)
    void everyProbePasses() {
        TRACKERS.forEach(it -> assertBecomesReady(it, tracker));
        MEMBERS.forEach(it -> assertBecomesReady(it, member));
    }

    private static void assertBecomesReady(LoopbackPod pod, StatefulSet set) {
        var container = KubernetesTest.container(set);
        for (var probe : List.of(container.getStartupProbe(), container.getReadinessProbe(),
                container.getLivenessProbe())) {
            Awaitility.await(pod + " answers " + probe.getHttpGet().getPath())
                    .atMost(START_SECONDS, TimeUnit.SECONDS)
                    .until(() -> pod.passes(probe));
        }
    }

    @Test
    @Order(2)
    void bothTrackersListEveryMemberByItsName() {
        String network = json(MEMBERS.getFirst(), "/node").get("network").get("id").stringValue();
        for (LoopbackPod pod : TRACKERS) {
            Awaitility.await(pod + " lists all").atMost(MEET_SECONDS, TimeUnit.SECONDS)
                    .untilAsserted(() -> assertThat(json(pod, "/peers?limit=10&network=" + network).findValuesAsString(
                            "gossipUrl")).containsExactlyInAnyOrder("ws://member-0.member.cheesecoin.svc:7070/gossip",
                                    "ws://member-1.member.cheesecoin.svc:7070/gossip"));
        }
    }

    @Test
    @Order(3)
    void membersFindEachOther() {
        for (LoopbackPod pod : MEMBERS) {
            Awaitility.await(pod + " has a peer").atMost(MEET_SECONDS, TimeUnit.SECONDS)
                    .until(() -> !json(pod, "/peers?state=connected").get("items").isEmpty());
        }
    }

    @Test
    @Order(4)
    void eachPortServesItsPartAndTheOwnersTokenIsTheSecrets() {
        for (LoopbackPod pod : MEMBERS) {
            assertThat(pod.get("gossip", "/node", "").statusCode()).isEqualTo(404);
            assertThat(pod.get("gossip", "/actuator/prometheus", "").statusCode()).isEqualTo(404);
            assertThat(pod.get("http", "/gossip", "").statusCode()).isEqualTo(404);
            assertThat(pod.get("http", "/actuator/prometheus", "").statusCode()).isEqualTo(404);
            assertThat(pod.get("management", "/node", "").statusCode()).isEqualTo(404);
            assertThat(pod.get("management", "/wallet", TOKEN).statusCode()).isEqualTo(404);
            assertThat(pod.get("management", "/gossip", "").statusCode()).isEqualTo(404);
            assertThat(pod.get("http", "/wallet", "").statusCode()).isEqualTo(401);
            assertThat(pod.get("http", "/wallet", TOKEN).statusCode()).isEqualTo(200);
            assertThat(pod.data()).isDirectoryContaining("glob:**/wallet.key")
                    .isDirectoryNotContaining("glob:**/wallet.passphrase")
                    .isDirectoryNotContaining("glob:**/owner.token");
        }
    }

    @Test
    @Order(5)
    void metricsAreWhereTheScraperIsSentAndKnowTheVolume() {
        String path = member.getSpec().getTemplate().getMetadata().getAnnotations().get("prometheus.io/path");
        for (LoopbackPod pod : MEMBERS) {
            assertThat(pod.get("management", path, "").body()).contains(
                    "disk_free_bytes{path=\"" + pod.data() + "\"}", "disk_total_bytes{path=\"" + pod.data() + "\"}");
        }
        assertThat(TRACKERS.getFirst().get("management", path, "").statusCode()).isEqualTo(200);
    }

    @Test
    @Order(6)
    void allStopBeforeTheKubeletKillsThem() {
        for (LoopbackPod pod : MEMBERS) {
            assertThat(pod.stop()).as("%s stops by itself", pod).isTrue();
        }
        for (LoopbackPod pod : TRACKERS) {
            assertThat(pod.stop()).as("%s stops by itself", pod).isTrue();
        }
    }

    private static JsonNode json(LoopbackPod pod, String path) {
        var answer = pod.get("http", path, "");
        assertThat(answer.statusCode()).as("%s%s: %s", pod, path, answer.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body());
    }
}
