package org.cheesecoin.member.explorer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.testing.Payments;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.chain.testing.TestKeys.TestKey;
import org.cheesecoin.membertest.TestMember;
import org.cheesecoin.webtest.Http.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What is submitted once more: the very bytes, and the same payment with witnesses that anybody may have put there. */
class CopiesHttpTest {

    private static final TestKey BOB = TestKeys.key(2);
    private static final TestKey CAROL = TestKeys.key(3);

    @TempDir private Path folder;

    private TestMember start(String... more) throws IOException {
        String[] settings = Arrays.copyOf(more, more.length + 1);
        settings[more.length] = "cheesecoin.data=" + folder;
        return TestMember.start(settings);
    }

    private static void waitForIndex(TestMember member) {
        await().until(() -> {
            JsonNode node = member.get("/node").json();
            JsonNode indexed = node.get("sync").get("indexedHeight");
            return indexed != null && indexed.intValue() == node.get("tip").get("height").intValue();
        });
    }

    private static void assertTaken(Answer answer, String state) {
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().get("state").stringValue()).isEqualTo(state);
    }

    private static void assertBreaks(Answer answer, String rule) {
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().get("rule").stringValue()).isEqualTo(rule);
    }

    /** Each copy of a payment by the miner alone is judged by its witnesses. */
    private static void assertCopiesAreJudged(TestMember member, Payment payment, String state) {
        assertTaken(member.submit(payment), state);
        assertTaken(member.submit(Payments.signedAnew(TestMember.NETWORK, payment, TestMember.MINER)), state);
        Payment other = Payments.pay(TestMember.NETWORK,
                new Payments.Input(payment.inputs().getFirst(), TestMember.MINER),
                Payments.to(CAROL, 1));
        assertBreaks(member.submit(new Payment(payment.body(), other.witnesses())), "TRX-SIGNATURE");
        assertBreaks(member.submit(signed(payment, BOB)), "TRX-WITNESS-MISSING");
        assertBreaks(member.submit(signed(payment, TestMember.MINER, BOB)), "TRX-WITNESS-UNUSED");
    }

    private static Payment signed(Payment payment, TestKey... signers) {
        return Payments.sign(TestMember.NETWORK.id(), payment.body(), List.of(signers));
    }

    @Test
    void copiesOfWhatWaitsAndOfWhatIsConfirmedAreJudgedByTheirWitnesses() throws IOException {
        try (TestMember member = start()) {
            List<String> smells = member.mine(12);
            Payment payment = member.payAll(member.cheese(smells.getFirst()), BOB);
            assertThat(member.submit(payment).status()).isEqualTo(201);
            assertCopiesAreJudged(member, payment, "pending");

            member.mine(1);
            assertCopiesAreJudged(member, payment, "confirmed");
        }
    }

    @Test
    void whatWasConfirmedLongAgoIsKnownAsLongAsThereIsAnIndex() throws IOException {
        Payment payment;
        try (TestMember member = start()) {
            Cheese first = member.cheese(member.mine(12).getFirst());
            payment = member.payAll(first, BOB);
            Payment onward = Payments.pay(TestMember.NETWORK, Payments.from(payment, 0, BOB),
                    Payments.to(CAROL, payment.outputs().getFirst().amount().crumbs() - TestMember.FEE_CRUMBS));
            assertThat(member.submit(payment).status()).isEqualTo(201);
            assertThat(member.submit(onward).status()).isEqualTo(201);
            member.mine(1);
            waitForIndex(member);
        }
        // a member that starts remembers no outputs that are spent
        try (TestMember member = start()) {
            assertCopiesAreJudged(member, payment, "confirmed");
        }
    }

    @Test
    void withoutAnIndexWhatWasConfirmedLongAgoIsLikeWhatNeverWas() throws IOException {
        Payment payment;
        try (TestMember member = start("cheesecoin.index.enabled=false")) {
            payment = member.payAll(member.cheese(member.mine(12).getFirst()), BOB);
            Payment onward = Payments.pay(TestMember.NETWORK, Payments.from(payment, 0, BOB),
                    Payments.to(CAROL, payment.outputs().getFirst().amount().crumbs() - TestMember.FEE_CRUMBS));
            assertThat(member.submit(payment).status()).isEqualTo(201);
            assertThat(member.submit(onward).status()).isEqualTo(201);
            member.mine(1);
            assertTaken(member.submit(payment), "confirmed");
        }
        try (TestMember member = start("cheesecoin.index.enabled=false")) {
            assertBreaks(member.submit(payment), "TRX-INPUT-UNKNOWN");
        }
    }
}
