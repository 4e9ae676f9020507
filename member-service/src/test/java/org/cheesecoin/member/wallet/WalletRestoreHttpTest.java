package org.cheesecoin.member.wallet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.member.peering.GossipAddress;
import org.cheesecoin.membertest.TestMember;
import org.cheesecoin.webtest.Http;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** A wallet comes back from its words on a member that has nothing else. */
@ExtendWith(OutputCaptureExtension.class)
class WalletRestoreHttpTest {

    @TempDir private Path folder;
    private final List<TestMember> members = new ArrayList<>();

    @AfterEach
    void stop() {
        members.reversed().forEach(TestMember::close);
    }

    private TestMember start(String name, String... settings) throws IOException {
        List<String> all = new ArrayList<>(List.of(settings));
        all.add("cheesecoin.data=" + folder.resolve(name));
        all.add("cheesecoin.mining.pay-to=");
        TestMember member = TestMember.start(all.toArray(String[]::new));
        members.add(member);
        return member;
    }

    private void close(TestMember member) {
        members.remove(member);
        member.close();
    }

    private void delete(String name) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve(name))) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static String peers(TestMember member) {
        return "cheesecoin.peers=" + member.context().getBean(GossipAddress.class).url().text();
    }

    private static JsonNode wallet(TestMember member) {
        return member.owned("/wallet").json();
    }

    private static List<Long> sums(JsonNode wallet) {
        return Stream.of("spendableCrumbs", "pendingCrumbs", "immatureCrumbs", "pendingOutCrumbs", "height")
                .map(it -> wallet.get(it).longValue())
                .toList();
    }

    private static String words(TestMember member) {
        List<String> words = new ArrayList<>();
        member.call("POST", "/wallet/words", "").json().get("words").forEach(it -> words.add(it.stringValue()));
        return String.join(" ", words);
    }

    private static void pay(TestMember member, String to, long crumbs) {
        Http.Answer paid = member.call("POST", "/wallet/payments",
                "{\"to\":\"%s\",\"amountCrumbs\":%d}".formatted(to, crumbs));
        assertThat(paid.status()).as(paid.response().body()).isEqualTo(201);
    }

    @Test
    void aMemberWhoseFolderIsGoneHasItsBalanceBackFromItsWords(CapturedOutput output) throws IOException {
        TestMember keeper = start("keeper");
        TestMember lost = start("lost", peers(keeper));
        lost.mine(14);
        String fresh = lost.call("POST", "/wallet/addresses", "").json().get("address").stringValue();
        pay(lost, fresh, 30_000_000);
        pay(lost, TestKeys.key(7).address().toString(), 20_000_000);
        lost.mine(2);
        pay(lost, TestKeys.key(8).address().toString(), 1_000_000);
        JsonNode before = wallet(lost);
        String words = words(lost);
        await().until(() -> keeper.get("/cheeses/tip").json().get("height").intValue() == 16
                && keeper.get("/mempool").json().get("count").intValue() == 1);
        close(lost);
        delete("lost");

        Path file = folder.resolve("words.txt");
        Files.writeString(file, "\uFEFF" + words.replace(" ", "\r\n") + "\r\n");
        TestMember back = start("lost", peers(keeper), "cheesecoin.wallet.words-file=" + file);

        await().until(() -> sums(wallet(back)).get(4) == 16);
        assertThat(wallet(back).get("wordsAcknowledged").booleanValue()).isTrue();
        back.mine(1);
        keeper.mine(1);
        JsonNode restored = wallet(back);
        long total = sums(before).get(0) + sums(before).get(1) + sums(before).get(2);
        assertThat(sums(restored).get(0) + sums(restored).get(1) + sums(restored).get(2))
                .isBetween(total, total + 101_000_000);

        TestMember third = start("third", peers(keeper));
        await().until(() -> sums(wallet(third)).get(4) == 18);
        Http.Answer answer = third.call("POST", "/wallet/restore", "{\"words\":\"" + words + "\"}");
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        assertThat(answer.response().body()).doesNotContain(words.split(" ")[0] + " ");
        assertThat(output.getAll().split("restored from 24 words; its first address is ")).as("by file and over REST")
                .hasSize(3);
        await().until(() -> !wallet(third).has("restoring"));
        await().untilAsserted(() -> assertThat(sums(wallet(third))).isEqualTo(sums(wallet(back))));
        JsonNode whole = wallet(third);
        assertThat(third.call("POST", "/wallet/restore", "{\"words\":\"" + words + "\"}").json().get("rule")
                .stringValue()).isEqualTo("WLT-RESTORE");
        close(third);
        assertThat(wallet(start("third", peers(keeper)))).isEqualTo(whole);
    }

    @Test
    void refusesWordsThatAreNoneAndSettingsThatContradictTheFolder() throws IOException {
        TestMember member = start("one");
        for (String bad : List.of("", "zoo", "zoo ".repeat(12).strip(), "x".repeat(2_000))) {
            Http.Answer refused = member.call("POST", "/wallet/restore", "{\"words\":\"" + bad + "\"}");
            assertThat(refused.problem()).isEqualTo("invalid-value");
            assertThat(refused.json().get("rule").stringValue()).isEqualTo("WLT-WORDS");
            assertThat(refused.response().body()).doesNotContain("zoo");
        }
        close(member);
        assertThatThrownBy(() -> start("one",
                "cheesecoin.wallet.words=legal winner thank year wave sausage worth useful legal winner thank yellow"))
                .rootCause()
                .hasMessageContaining("cheesecoin.wallet.words")
                .hasMessageNotContaining("sausage");
    }
}
