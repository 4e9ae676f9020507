package org.cheesecoin.system.kubernetes;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;

import static org.assertj.core.api.Assertions.assertThat;

/** Every overlay is built and parsed strictly, its parts find each other, and its pods may do no more than they need. */
class KubernetesTest {

    /** What a service takes at most from SIGTERM to its end. */
    private static final long MAX_STOP_SECONDS = 10;

    /** Objects that refer to each other: the base as written, or an overlay as kubectl builds it. */
    static Manifests manifests(String name) {
        return name.equals("base") ? Manifests.base() : Manifests.overlay(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "local", "production"})
    void everyObjectIsInOneNamespaceUnderANameOfItsOwn(String name) {
        Manifests manifests = manifests(name);
        assertThat(manifests.objects().stream().map(it -> it.getKind() + " " + it.getMetadata().getName()))
                .doesNotHaveDuplicates()
                .contains("StatefulSet tracker", "StatefulSet member", "PodDisruptionBudget member",
                        "PodDisruptionBudget tracker", "NetworkPolicy default-deny");
        if (!name.equals("base")) {
            assertThat(manifests.objects().stream()
                    .filter(it -> !it.getKind().equals("Namespace"))
                    .map(it -> it.getMetadata().getNamespace())).containsOnly("cheesecoin");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "local", "production"})
    void everySelectorMeetsPodsAndEveryNamedPortIsTheirs(String name) {
        Manifests manifests = manifests(name);
        for (StatefulSet set : manifests.all(StatefulSet.class)) {
            assertThat(labels(set)).containsAllEntriesOf(set.getSpec().getSelector().getMatchLabels());
        }
        for (PodDisruptionBudget budget : manifests.all(PodDisruptionBudget.class)) {
            assertThat(selected(manifests, budget.getSpec().getSelector().getMatchLabels()))
                    .extracting(it -> it.getMetadata().getName()).containsExactly(budget.getMetadata().getName());
            assertThat(budget.getSpec().getMaxUnavailable().getIntVal()).isEqualTo(1);
        }
        for (Service service : manifests.all(Service.class)) {
            List<StatefulSet> sets = selected(manifests, service.getSpec().getSelector());
            assertThat(sets).as("pods of service %s", service.getMetadata().getName()).hasSize(1);
            for (ServicePort port : service.getSpec().getPorts()) {
                assertThat(ports(sets.getFirst())).containsKey(port.getTargetPort().getStrVal());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "local", "production"})
    void everyPodHasAStableNameBeforeItIsReadyAndAVolumeOfItsOwn(String name) {
        Manifests manifests = manifests(name);
        for (StatefulSet set : manifests.all(StatefulSet.class)) {
            Service service = manifests.one(Service.class, set.getSpec().getServiceName());
            assertThat(service.getSpec().getClusterIP()).isEqualTo("None");
            assertThat(service.getSpec().getPublishNotReadyAddresses()).isTrue();
            assertThat(selected(manifests, service.getSpec().getSelector())).containsExactly(set);
            // whoever dials a name without the service's help dials the pod's own port
            assertThat(service.getSpec().getPorts()).allSatisfy(port -> assertThat(ports(set))
                    .containsEntry(port.getTargetPort().getStrVal(), port.getPort()));
            assertThat(set.getSpec().getVolumeClaimTemplates()).singleElement().satisfies(claim -> {
                assertThat(claim.getMetadata().getName()).isEqualTo("data");
                assertThat(claim.getSpec().getAccessModes()).containsExactly("ReadWriteOnce");
            });
            assertThat(mount(container(set), "data")).isEqualTo("/data");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "local", "production"})
    void noPodMayDoMoreThanItNeeds(String name) {
        for (StatefulSet set : manifests(name).all(StatefulSet.class)) {
            assertRestricted(set.getSpec().getTemplate().getSpec());
        }
    }

    @Test
    void thePodThatHoldsAVolumeForABackupIsAMemberWithoutAProgram() {
        Pod helper = Manifests.file("k8s/volume-helper.yaml").one(Pod.class, "volume-helper");
        PodSpec member = Manifests.base().one(StatefulSet.class, "member").getSpec().getTemplate().getSpec();
        assertRestricted(helper.getSpec());
        assertThat(helper.getSpec().getSecurityContext()).isEqualTo(member.getSecurityContext());
        assertThat(helper.getSpec().getContainers().getFirst().getImage())
                .isEqualTo(member.getContainers().getFirst().getImage());
        assertThat(helper.getSpec().getVolumes().getFirst().getPersistentVolumeClaim().getClaimName())
                .isEqualTo("data-member-0");
    }

    @Test
    void localUsesTheImagesOfThisMachine() {
        assertThat(manifests("local").all(StatefulSet.class).stream().map(KubernetesTest::container)).allSatisfy(it -> {
            assertThat(it.getImage()).isIn("cheesecoin/tracker", "cheesecoin/member");
            assertThat(it.getImagePullPolicy()).isEqualTo("IfNotPresent");
        });
    }

    @Test
    void productionTakesImagesFromANamedRegistryOnly() {
        assertThat(manifests("production").all(StatefulSet.class).stream().map(it -> container(it).getImage()))
                .allMatch(it -> it.matches("registry\\.example\\.org/cheesecoin/(tracker|member):[0-9].*"));
    }

    @Test
    void productionSpreadsItsPods() {
        for (StatefulSet set : manifests("production").all(StatefulSet.class)) {
            PodSpec pod = set.getSpec().getTemplate().getSpec();
            assertThat(pod.getTopologySpreadConstraints()).singleElement().satisfies(it -> assertThat(labels(set))
                    .containsAllEntriesOf(it.getLabelSelector().getMatchLabels()));
            assertThat(pod.getAffinity().getPodAntiAffinity()).isNotNull();
            assertThat(container(set).getResources().getRequests()).containsKeys("cpu", "memory");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "production"})
    void everySecretThatIsAskedForHasItsKey(String name) {
        Manifests manifests = manifests(name);
        Manifests givers = name.equals("local") ? manifests : Manifests.file("k8s/production/secrets.example.yaml");
        Map<String, TreeSet<String>> given = new TreeMap<>();
        for (Secret secret : givers.all(Secret.class)) {
            TreeSet<String> keys = new TreeSet<>(Optional.ofNullable(secret.getData()).orElse(Map.of()).keySet());
            keys.addAll(Optional.ofNullable(secret.getStringData()).orElse(Map.of()).keySet());
            given.put(secret.getMetadata().getName(), keys);
        }
        assertThat(askedFor(manifests)).isEqualTo(given);
    }

    @Test
    void noRealSecretIsInTheRepository() {
        assertThat(manifests("production").all(Secret.class)).as("secrets that production makes").isEmpty();
        assertThat(manifests("local").all(Secret.class).stream()
                .flatMap(it -> it.getData().values().stream())
                .map(it -> new String(Base64.getDecoder().decode(it),
                        StandardCharsets.UTF_8)))
                .allMatch(it -> it.startsWith("example-"));
        assertThat(Manifests.file("k8s/production/secrets.example.yaml").all(Secret.class).stream()
                .flatMap(it -> it.getStringData().entrySet().stream())
                .filter(it -> !it.getKey().equals("server") && !it.getKey().equals("username"))
                .map(Map.Entry::getValue)).containsOnly("REPLACE-ME");
    }

    /** A pod that ends leaves its services a moment after it was told to: calls that still come would be refused. */
    @ParameterizedTest
    @ValueSource(strings = {"base", "local", "production"})
    void aMemberServesUntilNobodyIsSentToItAndStillHasTimeToStop(String name) {
        StatefulSet set = manifests(name).one(StatefulSet.class, "member");
        assertThat(preStopSeconds(set)).isBetween(3L, 10L);
        assertThat(set.getSpec().getTemplate().getSpec().getTerminationGracePeriodSeconds())
                .isGreaterThanOrEqualTo(preStopSeconds(set) + 2 * MAX_STOP_SECONDS);
    }

    /** The Kustomize in kubectl 1.21, and in those of some years after, refuses a file of two patches. */
    @ParameterizedTest
    @ValueSource(strings = {"local", "production"})
    void everyPatchHasAFileOfItsOwn(String name) {
        List<String> files = Stream.of(Checkout.text("k8s/" + name + "/kustomization.yaml").split("\n"))
                .filter(it -> it.startsWith("  - path: "))
                .map(it -> it.substring("  - path: ".length()))
                .toList();
        assertThat(files).isNotEmpty().allSatisfy(file -> assertThat(Checkout.text("k8s/" + name + "/" + file))
                .doesNotContain("\n---"));
    }

    private static void assertRestricted(PodSpec pod) {
        assertThat(pod.getAutomountServiceAccountToken()).isFalse();
        assertThat(pod.getEnableServiceLinks()).as("variables of other services, as TRACKER_PORT").isFalse();
        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod.getSecurityContext().getRunAsUser()).isPositive();
        assertThat(pod.getSecurityContext().getFsGroup()).isPositive();
        assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        assertThat(pod.getHostNetwork()).isNull();
        for (Container container : pod.getContainers()) {
            assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
            assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
            assertThat(container.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
            assertThat(container.getSecurityContext().getCapabilities().getAdd()).isEmpty();
            assertThat(container.getResources().getLimits()).containsKey("memory");
            assertThat(container.getVolumeMounts().stream().map(VolumeMount::getName)).allSatisfy(mounted -> assertThat(
                    mounted.equals("data") || pod.getVolumes().stream().anyMatch(it -> it.getName().equals(mounted)))
                    .as("volume %s", mounted).isTrue());
        }
        assertThat(pod.getVolumes()).as("no folder of the node").allMatch(it -> it.getHostPath() == null);
    }

    private static Map<String, TreeSet<String>> askedFor(Manifests manifests) {
        Map<String, TreeSet<String>> asked = new TreeMap<>();
        for (StatefulSet set : manifests.all(StatefulSet.class)) {
            for (EnvVar variable : container(set).getEnv()) {
                if (variable.getValueFrom() != null && variable.getValueFrom().getSecretKeyRef() != null) {
                    var reference = variable.getValueFrom().getSecretKeyRef();
                    asked.computeIfAbsent(reference.getName(), _ -> new TreeSet<>()).add(reference.getKey());
                }
            }
            for (Volume volume : set.getSpec().getTemplate().getSpec().getVolumes()) {
                if (volume.getSecret() != null) {
                    volume.getSecret().getItems().forEach(item -> asked
                            .computeIfAbsent(volume.getSecret().getSecretName(), _ -> new TreeSet<>())
                            .add(item.getKey()));
                }
            }
        }
        return asked;
    }

    /** How long the pods go on before they are told to stop. */
    static long preStopSeconds(StatefulSet set) {
        if (container(set).getLifecycle() == null) {
            return 0;
        }
        List<String> command = container(set).getLifecycle().getPreStop().getExec().getCommand();
        assertThat(command).hasSize(2).startsWith("sleep");
        return Long.parseLong(command.getLast());
    }

    static Container container(StatefulSet set) {
        return set.getSpec().getTemplate().getSpec().getContainers().getFirst();
    }

    /** Number of each named port of the pods. */
    static Map<String, Integer> ports(StatefulSet set) {
        Map<String, Integer> ports = new TreeMap<>();
        for (ContainerPort port : container(set).getPorts()) {
            ports.put(port.getName(), port.getContainerPort());
        }
        return ports;
    }

    static String mount(Container container, String volume) {
        return container.getVolumeMounts().stream()
                .filter(it -> it.getName().equals(volume))
                .findFirst()
                .orElseThrow()
                .getMountPath();
    }

    private static Map<String, String> labels(StatefulSet set) {
        return set.getSpec().getTemplate().getMetadata().getLabels();
    }

    private static List<StatefulSet> selected(Manifests manifests, Map<String, String> selector) {
        Stream<StatefulSet> sets = manifests.all(StatefulSet.class).stream();
        return sets.filter(it -> labels(it).entrySet().containsAll(selector.entrySet())).toList();
    }
}
