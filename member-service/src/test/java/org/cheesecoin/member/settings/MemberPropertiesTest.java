package org.cheesecoin.member.settings;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.cheesecoin.chain.cheese.Address;
import org.cheesecoin.chain.testing.HostTable;
import org.cheesecoin.web.TrustedProxies;
import org.cheesecoin.webtest.StartFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

class MemberPropertiesTest {

    private final ApplicationContextRunner runner = new ApplicationContextRunner().withUserConfiguration(Bound.class);

    @EnableConfigurationProperties(MemberProperties.class)
    static class Bound {}

    @Test
    void nothingHasToBeSet() {
        runner.run(context -> {
            MemberProperties properties = context.getBean(MemberProperties.class);
            assertThat(properties.data()).hasToString(".cheesecoin/member");
            assertThat(properties.network()).isEqualTo("local");
            assertThat(properties.trackers()).isEmpty();
            assertThat(properties.peerUrls()).isEmpty();
            assertThat(properties.gossip())
                    .isEqualTo(new MemberProperties.Gossip(0, Optional.empty(), Optional.empty()));
            assertThat(properties.mining().enabled()).isTrue();
            assertThat(properties.mining().hashesPerSecond()).isEqualTo(50_000);
            assertThat(properties.ownerToken()).isEmpty();
            assertThat(properties.wallet().passphrase()).isEmpty();
            assertThat(properties.index().enabled()).isTrue();
        });
    }

    @Test
    void theEnvironmentSetsEverything() {
        var environment = Map.<String, Object>of(
                "CHEESECOIN_OWNER_TOKEN", "0123456789abcdef",
                "CHEESECOIN_TRACKERS", "http://tracker-1:8080/, http://tracker-2:8080",
                "CHEESECOIN_PEERS", "ws://member-2:8081/gossip",
                "CHEESECOIN_GOSSIP_URL", "wss://me.example:443/gossip",
                "CHEESECOIN_MINING_HASHES_PER_SECOND", "0",
                "CHEESECOIN_MINING_PAY_TO", "",
                "CHEESECOIN_WALLET_PASSPHRASE_FILE", "/run/secrets/passphrase");
        runner.withInitializer(context -> context.getEnvironment().getPropertySources()
                .replace("systemEnvironment", new SystemEnvironmentPropertySource("systemEnvironment", environment)))
                .run(context -> {
                    MemberProperties properties = context.getBean(MemberProperties.class);
                    assertThat(properties.ownerToken()).contains(new Secret("0123456789abcdef"));
                    assertThat(properties.trackerUrls()).map(String::valueOf)
                            .containsExactly("http://tracker-1:8080", "http://tracker-2:8080");
                    assertThat(properties.peerUrls()).map(String::valueOf).containsExactly("ws://member-2:8081/gossip");
                    assertThat(properties.gossip().publicUrl()).isPresent();
                    assertThat(properties.mining().hashesPerSecond()).isZero();
                    assertThat(properties.mining().payToAddress()).isEmpty();
                    assertThat(properties.wallet().passphraseFile()).contains("/run/secrets/passphrase");
                    assertThat(properties.toString()).doesNotContain("0123456789abcdef");
                });
    }

    @Test
    void blanksAndMarksAroundATextDoNotCount() {
        String address = Address.ofKeyHash(new byte[Address.HASH_BYTES]).toString();
        var settings = Map.<String, Object>of(
                "cheesecoin.owner-token", "\uFEFF0123456789abcdef\r\n",
                "cheesecoin.network", " local\r",
                "cheesecoin.trackers[0]", " http://tracker-1:8080/\u00A0",
                "cheesecoin.peers[0]", "\tws://member-2:8081/gossip ",
                "cheesecoin.gossip.url", " wss://me.example:443/gossip\n",
                "cheesecoin.gossip.ssl-bundle", " peers ",
                "cheesecoin.mining.pay-to", "\uFEFF" + address + " ",
                "cheesecoin.mining.hashes-per-second", " 7 ",
                "cheesecoin.wallet.passphrase-file", " /run/secrets/passphrase\n",
                "cheesecoin.http.host-names[0]", " wallet.example.org ");
        runner.withInitializer(context -> context.getEnvironment().getPropertySources()
                .addFirst(new MapPropertySource("given", settings)))
                .run(context -> {
                    MemberProperties properties = context.getBean(MemberProperties.class);
                    assertThat(properties.ownerToken()).contains(new Secret("0123456789abcdef"));
                    assertThat(properties.network()).isEqualTo("local");
                    assertThat(properties.trackerUrls()).map(String::valueOf).containsExactly("http://tracker-1:8080");
                    assertThat(properties.peers()).containsExactly("ws://member-2:8081/gossip");
                    assertThat(properties.gossip()).isEqualTo(new MemberProperties.Gossip(
                            0, Optional.of("wss://me.example:443/gossip"), Optional.of("peers")));
                    assertThat(properties.mining().payToAddress()).map(String::valueOf).contains(address);
                    assertThat(properties.mining().hashesPerSecond()).isEqualTo(7);
                    assertThat(properties.wallet().passphraseFile()).contains("/run/secrets/passphrase");
                    assertThat(properties.http().hostNames()).containsExactly("wallet.example.org");
                });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "cheesecoin.mining.hashes-per-second | -5 | from 0 to 1000000000000",
            "cheesecoin.mining.hashes-per-second | many | a value of type long",
            "cheesecoin.data | j\u0000k | a path of this system; one with letters beyond ASCII needs",
            "cheesecoin.mining.pay-to | cheese1qq | an address of CheeseCoin",
            "cheesecoin.mining.enabled | perhaps | a value of type boolean",
            "cheesecoin.gossip.port | 70000 | from 0 to 65535",
            "cheesecoin.gossip.url | http://a:1/gossip | ws://host:port/gossip",
            "cheesecoin.peers | ws://a:1/else | ws://host:port/gossip",
            "cheesecoin.trackers | ftp://a | a base URL",
            "cheesecoin.http.max-body-bytes | 5 | from 1024",
            "cheesecoin.minning.enabled | true | There is no setting cheesecoin.minning.enabled"})
    void aBadValueIsNamedWithItsRange(String property, String value, String range) {
        runner.withPropertyValues(property + "=" + value).run(context -> {
            String line = describe(context.getStartupFailure());
            assertThat(line).contains(property, range).doesNotContain("\n");
        });
    }

    @Test
    void hostsAreThoseOfTheProtocolInEverySettingThatIsDialled() {
        for (HostTable.Row row : HostTable.rows()) {
            for (String setting : List.of("cheesecoin.gossip.url=" + row.gossipUrl(),
                    "cheesecoin.peers=" + row.gossipUrl(), "cheesecoin.trackers=http://" + row.host() + ":8080")) {
                runner.withPropertyValues(setting).run(context -> {
                    if (row.isTaken()) {
                        assertThat(context).as(setting).hasNotFailed();
                    } else {
                        assertThat(describe(context.getStartupFailure())).as(setting)
                                .contains(setting.substring(0, setting.indexOf('=')), row.host(), "(")
                                .doesNotContain("\n");
                    }
                });
            }
        }
    }

    @Test
    void aBadTokenIsRefusedWithoutShowingIt() {
        runner.withPropertyValues("cheesecoin.owner-token=short word").run(context -> assertThat(
                describe(context.getStartupFailure()))
                .contains("cheesecoin.owner-token", "16 to 512").doesNotContain("short word"));
    }

    static String describe(Throwable failure) {
        assertThat(failure).isNotNull();
        return StartFailure.of(failure).description();
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy.example.org", "10.0.0.0/33", "*", "10.0.0.256"})
    void saysWhichNetworkOfProxiesIsNone(String network) {
        runner.withPropertyValues("cheesecoin.http.trusted-proxies=127.0.0.1," + network)
                .run(context -> assertThat(describe(context.getStartupFailure()))
                        .contains("cheesecoin.http.trusted-proxies", network));
    }

    @Test
    void noMoreProxiesAreNamedThanAreComparedWithEachConnection() {
        runner.withPropertyValues(
                "cheesecoin.http.trusted-proxies=" + "127.0.0.1,".repeat(TrustedProxies.MAX_PROXIES + 1))
                .run(context -> assertThat(describe(context.getStartupFailure()))
                        .contains("cheesecoin.http.trusted-proxies", "32"));
    }
}
