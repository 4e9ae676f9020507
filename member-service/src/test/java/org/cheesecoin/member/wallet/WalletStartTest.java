package org.cheesecoin.member.wallet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;

import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.membertest.RunningMember;
import org.cheesecoin.web.start.BadSetting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A wallet through the starts of its member. */
@ExtendWith(OutputCaptureExtension.class)
class WalletStartTest {

    private static final String PASSPHRASE = "--cheesecoin.wallet.passphrase=";

    @TempDir private Path folder;

    @Test
    void outlivesARestartAndRefusesToStartWithoutItsKeys(CapturedOutput output) throws IOException {
        JsonNode balance;
        JsonNode history;
        try (RunningMember member = RunningMember.in(folder, PASSPHRASE + "right horse")) {
            member.mine(2, member.bean(WalletService.class).payoutAddress());
            member.mine(10, TestKeys.key(5).address());
            assertThat(member.post("/wallet/payments", "{\"to\":\"%s\",\"amountCrumbs\":5000000}"
                    .formatted(TestKeys.key(6).address())).status()).isEqualTo(201);
            balance = member.get("/wallet").json();
            history = member.get("/wallet/transactions").json();
            assertThat(balance.get("pendingOutCrumbs").longValue()).isPositive();
        }
        assertThatThrownBy(() -> RunningMember.in(folder, PASSPHRASE + "wrong horse"))
                .hasRootCauseInstanceOf(BadSetting.class)
                .rootCause()
                .hasMessageContaining("cheesecoin.wallet.passphrase")
                .hasMessageNotContaining("horse");
        try (RunningMember member = RunningMember.in(folder, PASSPHRASE + "right horse")) {
            assertThat(member.get("/wallet").json()).isEqualTo(balance);
            assertThat(member.get("/wallet/transactions").json()).isEqualTo(history);
        }
        Path key = folder.resolve(WalletSecret.KEY_FILE);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key))).isEqualTo("rw-------");
        Files.move(key, folder.resolve("elsewhere"));
        assertThatThrownBy(() -> RunningMember.in(folder, PASSPHRASE + "right horse"))
                .hasRootCauseInstanceOf(BadSetting.class)
                .rootCause()
                .hasMessageContaining("wallet.key is 'missing'");
        assertThat(key).doesNotExist();
        assertThat(output.getAll()).doesNotContain("horse");
    }

    /** As where an owner copies too much from one member's folder to another's. */
    @Test
    void theJournalOfAnotherMembersWalletIsPutAsideInOneLine(CapturedOutput output, @TempDir Path others)
            throws IOException {
        try (RunningMember other = RunningMember.in(others)) {
            assertThat(other.post("/wallet/addresses", "{}").status()).isEqualTo(201);
        }
        try (RunningMember member = RunningMember.in(folder)) {
            assertThat(member.post("/wallet/addresses", "{}").status()).isEqualTo(201);
        }
        byte[] journal = Files.readAllBytes(others.resolve(WalletJournal.FILE));
        Files.write(folder.resolve(WalletJournal.FILE), journal);
        try (RunningMember member = RunningMember.in(folder)) {
            assertThat(member.get("/wallet/addresses").json().get("items")).hasSize(2);
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.filter(it -> it.getFileName().toString().startsWith(WalletJournal.FILE + ".")))
                    .singleElement().satisfies(it -> assertThat(it).hasBinaryContent(journal));
        }
        assertThat(output.getAll().lines().filter(it -> it.contains("is of another wallet"))).singleElement().asString()
                .contains("WARN", folder.resolve(WalletJournal.FILE).toString(), "put aside as");
    }
}
