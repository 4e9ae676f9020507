package org.cheesecoin.member;

import java.nio.file.Path;
import java.time.Duration;

import org.cheesecoin.chain.cheese.Address;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.member.wallet.WalletService;
import org.cheesecoin.membertest.PostgresServer;
import org.cheesecoin.membertest.RunningMember;
import org.cheesecoin.membertest.TestDatabase;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A whole member mines, pays, and goes on after a restart with what it acknowledged, whichever database it has. */
@ExtendWith(OutputCaptureExtension.class)
class EachDatabaseHttpTest {

    private static final int MATURITY = 10;
    private static final long CHEESE = 100_000_000;
    private static final Address STRANGER = TestKeys.key(77).address();

    @TempDir private Path folder;

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void keepsStackWalletAndMempoolOverARestart(TestDatabase kind, CapturedOutput output) {
        String address;
        String waiting;
        JsonNode wallet;
        try (RunningMember member = start(kind)) {
            member.mine(2, member.bean(WalletService.class).payoutAddress());
            member.mine(MATURITY, STRANGER);
            pay(member, 1_000);
            member.mine(1, STRANGER);
            waiting = pay(member, 2_000);
            address = member.post("/wallet/addresses", "").json().get("address").stringValue();
            wallet = member.get("/wallet").json();
            assertThat(wallet.get("pendingOutCrumbs").longValue()).isPositive();
        }
        try (RunningMember member = start(kind)) {
            assertThat(member.height()).isEqualTo(2 + MATURITY + 1);
            assertThat(member.get("/wallet").json()).isEqualTo(wallet);
            assertThat(member.get("/wallet/addresses").response().body()).contains(address);
            assertThat(member.get("/mempool").json().get("items").get(0).get("txid").stringValue()).isEqualTo(waiting);
            member.mine(1, STRANGER);
            assertThat(member.get("/transactions/" + waiting).json().get("state").stringValue())
                    .isEqualTo("confirmed");
            await().atMost(Duration.ofSeconds(20)).until(() -> member.get("/addresses/" + STRANGER).json()
                    .get("indexedHeight").intValue() == 2 + MATURITY + 2);
            JsonNode balance = member.get("/addresses/" + STRANGER).json();
            assertThat(balance.get("balanceCrumbs").longValue())
                    .isGreaterThanOrEqualTo((MATURITY + 2) * CHEESE + 3_000);
            assertThat(member.get("/cheeses?limit=3").json().get("items").get(0).get("height").intValue())
                    .isEqualTo(2 + MATURITY + 2);
        }
        assertThat(output.getAll()).doesNotContain(PostgresServer.PASSWORD);
    }

    private RunningMember start(TestDatabase kind) {
        return RunningMember.in(folder, kind.settings(folder).toArray(String[]::new));
    }

    private static String pay(RunningMember member, long crumbs) {
        var answer = member.post("/wallet/payments",
                "{\"to\":\"%s\",\"amountCrumbs\":%d}".formatted(STRANGER, crumbs));
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(201);
        return answer.json().get("txid").stringValue();
    }
}
