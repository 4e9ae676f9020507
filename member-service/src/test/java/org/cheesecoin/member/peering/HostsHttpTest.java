package org.cheesecoin.member.peering;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;

import org.cheesecoin.chain.testing.HostTable;
import org.cheesecoin.chain.wire.Host;
import org.cheesecoin.membertest.RunningMember;
import org.cheesecoin.web.Parameters;
import org.cheesecoin.webtest.Http;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What an owner may name as a peer, what becomes of one that does not answer, and how to be rid of it. */
class HostsHttpTest {

    @TempDir private Path folder;

    @Test
    void takesTheHostsOfTheProtocolAndSaysWhatIsWrongWithOthers() {
        try (RunningMember member = RunningMember.in(folder)) {
            for (HostTable.Row row : HostTable.rows()) {
                boolean isHere = row.isTaken() && new Host(row.host()).isLoopback();
                if (isHere || !row.isTaken()) {
                    Http.Answer answer = member.post("/peers", "{\"url\":\"" + row.gossipUrl() + "\"}");
                    assertThat(answer.status()).as(row.host()).isEqualTo(row.isTaken() ? 202 : 400);
                    if (!row.isTaken()) {
                        assertThat(answer.json().get("values").get("reason").stringValue()).isNotBlank();
                        assertThat(answer.json().get("values").get("field").stringValue()).isEqualTo("url");
                    }
                } else {
                    // what would be dialled is somebody else's
                    assertThat(Parameters.gossipUrl("url", row.gossipUrl()).text()).isEqualTo(row.gossipUrl());
                }
            }
            assertThat(member.get("/peers?state=known").json().get("items")).hasSize(2);
        }
    }

    @Test
    void showsWhyADialFailsAndForgetsTheUrlAtItsOwnersWord() {
        String mistyped = "ws://127.0.0.1:1/gossip";
        String unknown = "ws://no-such-laptop.invalid:8081/gossip";
        try (RunningMember member = RunningMember.in(folder, "--cheesecoin.peers=" + mistyped)) {
            member.post("/peers", "{\"url\":\"" + unknown + "\"}");
            await().untilAsserted(() -> {
                assertThat(failure(member, mistyped)).startsWith("nothing answers there");
                assertThat(failure(member, unknown)).isEqualTo("its name cannot be resolved");
            });

            assertThat(forget(member, unknown)).isEqualTo(204);
            assertThat(forget(member, unknown)).isEqualTo(404);
            assertThat(member.get("/peers?state=known").json().get("items")).hasSize(1);
        }
    }

    private static int forget(RunningMember member, String url) {
        return member.http().send(member.http().request("/peers?url=" + url)
                .header("Authorization", "Bearer " + member.token()).DELETE()).status();
    }

    private static String failure(RunningMember member, String url) {
        for (JsonNode peer : member.get("/peers?state=known").json().get("items")) {
            if (peer.get("url").stringValue().equals(url) && peer.has("lastFailure")) {
                assertThat(peer.get("failedDials").intValue()).isPositive();
                return peer.get("lastFailure").stringValue();
            }
        }
        return "";
    }

    @Test
    void aMachineWhoseNameNobodyCouldDialIsNamedByItsAddress() throws UnknownHostException {
        byte[] address = {10, 0, 0, 7};
        assertThat(GossipAddress.ofMachine(InetAddress.getByAddress("DESKTOP-7QK2", address)))
                .isEqualTo("DESKTOP-7QK2");
        assertThat(GossipAddress.ofMachine(InetAddress.getByAddress("my_laptop", address))).isEqualTo("10.0.0.7");
        assertThat(GossipAddress.ofMachine(InetAddress.getByAddress("laptop.", address))).isEqualTo("10.0.0.7");
    }
}
