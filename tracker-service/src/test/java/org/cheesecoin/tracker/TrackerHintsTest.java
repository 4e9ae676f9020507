package org.cheesecoin.tracker;

import java.io.IOException;

import org.awaitility.Awaitility;
import org.cheesecoin.chain.testing.HostTable;
import org.cheesecoin.chain.wire.TrackerRequest.LeaseRequest;
import org.cheesecoin.tracker.testing.FakeMember;
import org.cheesecoin.tracker.testing.FakeMember.Manner;
import org.cheesecoin.tracker.testing.TestMember;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/** What a tracker tells a member that nobody hears of, over real HTTP and with real dials. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"cheesecoin.tracker.url=http://tracker:8080,http://127.0.0.1:8080/",
                "cheesecoin.tracker.liveness.tick-millis=20"})
@AutoConfigureRestTestClient
class TrackerHintsTest {

    private static final String URL = "http://tracker:8080";

    @Autowired private RestTestClient client;
    private long nextTime;

    @Test
    void saysThatASignatureIsForATrackerOfAnotherName() {
        TestMember anna = TestMember.of(1);
        LeaseRequest lease = anna.lease();
        long now = time();
        String another = "http://192.168.1.5:8080";
        String body = TestMember.json(lease, now, anna.sign(another, lease, now));

        problem(client.put().uri("/peers/{id}", anna.id()).header("CheeseCoin-Tracker-Url", another)
                .contentType(MediaType.APPLICATION_JSON).body(body).exchange(), 403, "other-tracker-url")
                .jsonPath("$.values.signedUrl").isEqualTo(another)
                .jsonPath("$.values.trackerUrls").isEqualTo(URL + " http://127.0.0.1:8080")
                .jsonPath("$.detail").value(String.class, it -> assertThat(it)
                        .contains("signed for " + another, "called " + URL, "CHEESECOIN_TRACKER_URL"));

        // what the header says is not believed
        problem(client.put().uri("/peers/{id}", anna.id()).header("CheeseCoin-Tracker-Url", "http://elsewhere:8080")
                .contentType(MediaType.APPLICATION_JSON).body(body).exchange(), 401, "bad-signature");
    }

    @Test
    void tellsAMemberWhyItIsNotListed() throws IOException {
        TestMember unknown = TestMember.of(1).at("ws://laptop-7.invalid:8081/gossip");
        register(unknown).expectStatus().isOk().expectBody().jsonPath("$.reason").doesNotExist();
        awaitReason(unknown, "the name laptop-7.invalid leads nowhere");

        TestMember elsewhere = TestMember.of(2).at("ws://127.0.0.1:1/gossip");
        register(elsewhere).expectStatus().isOk();
        awaitReason(elsewhere, "no WebSocket opens there; 127.0.0.1 is every machine itself, here the tracker's");

        try (FakeMember liar = new FakeMember(3, Manner.WRONG_PROOF);
                FakeMember anna = new FakeMember(4, Manner.HONEST)) {
            register(liar.member()).expectStatus().isOk();
            awaitReason(liar.member(), "NET-PROOF");
            Awaitility.await().untilAsserted(() -> register(anna.member()).expectStatus().isOk().expectBody()
                    .jsonPath("$.listed").isEqualTo(true)
                    .jsonPath("$.reason").doesNotExist());
        }
    }

    private void awaitReason(TestMember member, String reason) {
        Awaitility.await().untilAsserted(() -> register(member).expectStatus().isOk().expectBody()
                .jsonPath("$.listed").isEqualTo(false)
                .jsonPath("$.reason").value(String.class, it -> assertThat(it).contains(reason)));
    }

    @Test
    void takesTheHostsOfTheProtocolAndNoOthers() {
        TestMember anna = TestMember.of(1).at("ws://here:8081/gossip");
        LeaseRequest lease = anna.lease();
        long now = time();
        String body = TestMember.json(lease, now, anna.sign(URL, lease, now));
        for (HostTable.Row row : HostTable.rows()) {
            RestTestClient.ResponseSpec answer = put(anna, body.replace("ws://here:8081/gossip", row.gossipUrl()));
            if (row.isTaken()) {
                // the signature was for another host
                problem(answer, 401, "bad-signature");
            } else {
                problem(answer, 400, "invalid-value").jsonPath("$.values.field").isEqualTo("gossipUrl")
                        .jsonPath("$.values.reason").exists();
            }
        }
    }

    private long time() {
        nextTime = Math.max(nextTime + 1, System.currentTimeMillis());
        return nextTime;
    }

    private RestTestClient.ResponseSpec register(TestMember member) {
        LeaseRequest lease = member.lease();
        long time = time();
        return put(member, TestMember.json(lease, time, member.sign(URL, lease, time)));
    }

    private RestTestClient.ResponseSpec put(TestMember member, String json) {
        return client.put().uri("/peers/{id}", member.id()).contentType(MediaType.APPLICATION_JSON).body(json)
                .exchange();
    }

    private static RestTestClient.BodyContentSpec problem(RestTestClient.ResponseSpec response, int status,
            String name) {
        return response.expectStatus().isEqualTo(status).expectBody()
                .jsonPath("$.type").isEqualTo("urn:cheesecoin:problem:" + name);
    }
}
