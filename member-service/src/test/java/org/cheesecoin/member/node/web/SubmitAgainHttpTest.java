package org.cheesecoin.member.node.web;

import java.io.IOException;
import java.util.HexFormat;

import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.membertest.TestMember;
import org.cheesecoin.webtest.Http.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A payment that is submitted again, by somebody who lost the answer or by somebody who broke a copy. */
class SubmitAgainHttpTest {

    private TestMember member;
    private Payment payment;

    @BeforeEach
    void submitOnce() throws IOException {
        member = TestMember.start();
        String smell = member.mine(11).getFirst();
        payment = member.payAll(member.cheese(smell), TestKeys.key(2));
        assertThat(member.submit(payment).status()).isEqualTo(201);
    }

    @AfterEach
    void stop() {
        member.close();
    }

    @Test
    void theSameBytesAreToldWhatBecameOfThem() {
        assertIs(member.submit(payment), "pending");
        member.mine(1);
        assertIs(member.submit(payment), "confirmed");
    }

    @Test
    void aCopyWithABrokenSignatureIsRefusedByItsRuleWhereverThePaymentIs() {
        assertIsRefused(member.submit(withBrokenSignature()));
        assertIs(member.submit(payment), "pending");
        member.mine(1);
        assertIsRefused(member.submit(withBrokenSignature()));
        assertIs(member.submit(payment), "confirmed");
    }

    private String withBrokenSignature() {
        byte[] bytes = payment.toBytes();
        bytes[bytes.length - 1] ^= 1;
        return HexFormat.of().formatHex(bytes);
    }

    private void assertIs(Answer answer, String state) {
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        assertThat(answer.json().get("txid").stringValue()).isEqualTo(payment.txid().toHex());
        assertThat(answer.json().get("state").stringValue()).isEqualTo(state);
    }

    private static void assertIsRefused(Answer answer) {
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(422);
        assertThat(answer.json().get("rule").stringValue()).isEqualTo("TRX-SIGNATURE");
    }
}
