package org.cheesecoin.member.wallet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.cheesecoin.chain.cheese.Address;
import org.cheesecoin.chain.cheese.Amount;
import org.cheesecoin.chain.cheese.Txid;
import org.cheesecoin.chain.crypto.Hash256;
import org.cheesecoin.chain.testing.TestKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A disk that takes no more, as the system says it: here by a limit of the process for each of its files. */
@DisabledOnOs(OS.WINDOWS)
class FullDiskIT {

    private static final Address OWN = TestKeys.key(1).address();
    private static final Address OTHER = TestKeys.key(2).address();
    /** In units of the shell, 512 or 1,024 bytes. */
    private static final int MAX_FILE_UNITS = 100;
    private static final int ORDERS = 3_000;

    @TempDir private Path folder;

    @Test
    void isNoSettingThatItsOwnerMustMendAndLosesNothing() throws Exception {
        List<JournalEntry> orders = IntStream.range(0, ORDERS).<JournalEntry>mapToObj(it -> new JournalEntry.Ordered(
                new KeyedPayment(new IdempotencyKey("order-" + it), Hash256.ZERO,
                        new MadePayment(new Txid(Hash256.ZERO), new Amount(it), Amount.ZERO, 200))))
                .toList();
        write(OWN, orders);
        write(OTHER, List.of());

        assertThat(readWithLimit()).hasSize(1).first().asString()
                .startsWith("TRY_AGAIN cannot read or write " + folder.resolve(WalletJournal.FILE) + " (")
                .contains("make room on its disk");

        try (WalletJournal journal = WalletJournal.in(folder)) {
            assertThat(journal.read(OWN).orders()).hasSize(ORDERS);
        }
    }

    private void write(Address wallet, List<JournalEntry> entries) {
        try (WalletJournal journal = WalletJournal.in(folder)) {
            journal.read(wallet);
            journal.append(entries);
        }
    }

    private List<String> readWithLimit() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of("sh", "-c", "ulimit -f " + MAX_FILE_UNITS + " && exec \"$@\"", "sh",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx64m", "-Xshare:auto",
                        "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData",
                        "-cp", System.getProperty("java.class.path"), FullDisk.class.getName(), folder.toString(),
                        OWN.toString()));
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try {
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines()
                    .filter(it -> !it.contains(" WARN ") && !it.contains(" INFO ")).toList();
        } finally {
            process.destroyForcibly().waitFor();
        }
    }
}
