package org.cheesecoin.member;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.consensus.Network;
import org.cheesecoin.chain.consensus.NetworkParameters;
import org.cheesecoin.chain.node.Input;
import org.cheesecoin.chain.node.NodeStatus;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.chain.testing.TestWorld;
import org.cheesecoin.chain.wire.GossipUrl;
import org.cheesecoin.member.node.Mailbox;
import org.cheesecoin.member.peering.GossipAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Whole members, over real WebSockets and databases, in one JVM. */
class MembersTest {

    private final TestWorld world = TestWorld.of(
            NetworkParameters.test());
    private final List<ConfigurableApplicationContext> members = new ArrayList<>();

    @TempDir private Path folder;

    @AfterEach
    void stop() {
        Collections.reverse(members);
        members.forEach(ConfigurableApplicationContext::close);
    }

    @Test
    void aCheeseThatOneMemberMinedIsStoredByAnother() {
        ConfigurableApplicationContext first = start("first", List.of());
        ConfigurableApplicationContext second = start("second", List.of(urlOf(first)));
        await().until(() -> status(second).peers().size() == 1);
        Cheese cheese = world.mine();

        mailbox(first).handle(new Input.CheeseMined(cheese));

        await().until(() -> status(second).tip().smell().equals(cheese.smell()));
        assertThat(status(first).tip().smell()).isEqualTo(cheese.smell());
    }

    @Test
    void aNewMemberCatchesUpAndARestartedOneGoesOn() {
        ConfigurableApplicationContext first = start("first", List.of());
        for (int i = 0; i < 100; i++) {
            Cheese cheese = world.mine();
            mailbox(first).handle(new Input.CheeseMined(cheese));
            await().until(() -> status(first).tip().smell().equals(cheese.smell()));
        }

        ConfigurableApplicationContext second = start("second", List.of(urlOf(first)));
        await().until(() -> status(second).tip().equals(status(first).tip()));
        members.remove(second);
        second.close();
        world.mine();
        mailbox(first).handle(new Input.CheeseMined(world.cheese(101)));
        ConfigurableApplicationContext again = start("second", List.of(urlOf(first)));

        await().until(() -> status(again).tip().height() == 101);
    }

    @Test
    void membersSpeakOverTls() throws Exception {
        String[] tls = tlsSettings();
        ConfigurableApplicationContext first = start("first", List.of(), tls);
        ConfigurableApplicationContext second = start("second", List.of(urlOf(first)), tls);

        assertThat(urlOf(first).text()).startsWith("wss://");
        await().until(() -> status(second).peers().size() == 1);
    }

    /** A key of this test's own, which both trust. */
    private String[] tlsSettings() throws Exception {
        String store = folder.resolve("tls.p12").toString();
        Process keytool = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair", "-alias", "member", "-keyalg", "EC", "-storetype", "PKCS12", "-keystore", store,
                "-storepass", "changeit", "-dname", "CN=127.0.0.1", "-ext", "SAN=IP:127.0.0.1", "-validity", "2")
                .inheritIO()
                .start();
        assertThat(keytool.waitFor()).isZero();
        String key = "--spring.ssl.bundle.jks.member.keystore.";
        String trust = "--spring.ssl.bundle.jks.trusted.truststore.";
        return new String[]{
                key + "location=file:" + store, key + "password=changeit", key + "type=PKCS12",
                trust + "location=file:" + store, trust + "password=changeit", trust + "type=PKCS12",
                "--server.ssl.bundle=member", "--cheesecoin.gossip.ssl-bundle=trusted"
        };
    }

    private ConfigurableApplicationContext start(String name, List<GossipUrl> peers, String... more) {
        List<String> settings = new ArrayList<>(List.of(
                "--server.port=0",
                "--cheesecoin.network=test",
                "--cheesecoin.data=" + folder.resolve(name),
                "--cheesecoin.peers=" + String.join(",", peers.stream().map(GossipUrl::text).toList()),
                "--cheesecoin.mining.enabled=false",
                "--cheesecoin.mining.pay-to=" + TestKeys.key(1).address()));
        settings.addAll(List.of(more));
        ConfigurableApplicationContext member = SpringApplication.run(MemberApplication.class,
                settings.toArray(String[]::new));
        members.add(member);
        assertThat(member.getBean(Network.class).id()).isEqualTo(world.network().id());
        return member;
    }

    private static GossipUrl urlOf(ConfigurableApplicationContext member) {
        return member.getBean(GossipAddress.class).url();
    }

    private static Mailbox mailbox(ConfigurableApplicationContext member) {
        return member.getBean(Mailbox.class);
    }

    private static NodeStatus status(ConfigurableApplicationContext member) {
        return mailbox(member).call(access -> access.node().status()).join();
    }
}
