package org.cheesecoin.member.wallet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

import org.cheesecoin.chain.cheese.Address;
import org.cheesecoin.chain.cheese.Amount;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.consensus.Network;
import org.cheesecoin.chain.consensus.NetworkParameters;
import org.cheesecoin.chain.crypto.Sha256;
import org.cheesecoin.chain.testing.Payments;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.chain.wallet.Branch;
import org.cheesecoin.web.start.BadSetting;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The journal of the wallet, whatever a power cut or an owner did to its file. */
@ExtendWith(OutputCaptureExtension.class)
class WalletJournalTest {

    private static final Address OWN = TestKeys.key(1).address();
    private static final Address OTHER = TestKeys.key(2).address();
    private static final Network NETWORK = Network
            .of(NetworkParameters.test().withAllocations(List.of(Payments.to(TestKeys.key(1), 1_000_000))));

    @TempDir private Path folder;
    private final List<WalletJournal> opened = new ArrayList<>();

    @AfterEach
    void close() {
        opened.forEach(WalletJournal::close);
    }

    private Path path() {
        return folder.resolve(WalletJournal.FILE);
    }

    private WalletJournal journal(long maxBytes) {
        WalletJournal journal = WalletJournal.in(folder, maxBytes);
        opened.add(journal);
        return journal;
    }

    private JournalState read() {
        return journal(WalletJournal.MAX_BYTES).read(OWN);
    }

    private static Payment payment(int number) {
        return Payments.pay(NETWORK, Payments.from(NETWORK.blueCheese().transactions().getFirst(), 0, TestKeys.key(1)),
                Payments.to(TestKeys.key(3), 1_000 + number));
    }

    private static KeyedPayment order(int number) {
        return new KeyedPayment(new IdempotencyKey("order-" + number), Sha256.hash(new byte[]{(byte) number}),
                new MadePayment(payment(number).txid(), new Amount(number), new Amount(7), 200));
    }

    private static List<JournalEntry> entries() {
        return List.of(new JournalEntry.Given(Branch.RECEIVE, 3), new JournalEntry.Given(Branch.CHANGE, 2),
                new JournalEntry.Ordered(order(1)), new JournalEntry.Made(payment(1)),
                new JournalEntry.Made(payment(2)),
                new JournalEntry.Lost(payment(2).txid()), new JournalEntry.WordsAcknowledged(17));
    }

    private static void hasAll(JournalState state) {
        assertThat(state.wallet()).contains(OWN);
        assertThat(state.handedOut(Branch.RECEIVE)).isEqualTo(3);
        assertThat(state.handedOut(Branch.CHANGE)).isEqualTo(2);
        assertThat(state.orders().values()).containsExactly(order(1));
        assertThat(state.payments()).containsExactly(payment(1));
        assertThat(state.acknowledgedMillis()).hasValue(17);
    }

    @Test
    void remembersAllThatWasWritten() {
        WalletJournal journal = journal(WalletJournal.MAX_BYTES);
        journal.read(OWN);
        entries().forEach(it -> journal.append(List.of(it)));
        hasAll(read());
    }

    @Test
    void aWriteThatWasCutShortIsCutOffAtAnyByte() throws IOException {
        WalletJournal journal = journal(WalletJournal.MAX_BYTES);
        journal.read(OWN);
        journal.append(entries());
        int before = (int) Files.size(path());
        journal.append(List.of(new JournalEntry.Ordered(order(2))));
        byte[] whole = Files.readAllBytes(path());
        for (int length = before; length < whole.length; length++) {
            Files.write(path(), Arrays.copyOf(whole, length));
            WalletJournal again = journal(WalletJournal.MAX_BYTES);
            hasAll(again.read(OWN));
            again.append(List.of(new JournalEntry.Ordered(order(3))));
            assertThat(read().orders().values()).containsExactly(order(1), order(3));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 40, 200})
    void noiseBeforeSomethingWholeIsOneLineWithAWayOut(int at) throws IOException {
        WalletJournal journal = journal(WalletJournal.MAX_BYTES);
        journal.read(OWN);
        journal.append(entries());
        byte[] whole = Files.readAllBytes(path());
        whole[at] ^= 64;
        Files.write(path(), whole);
        assertThatThrownBy(() -> journal(WalletJournal.MAX_BYTES).requireUsable()).isInstanceOf(BadSetting.class);
        assertThatThrownBy(this::read).isInstanceOf(BadSetting.class)
                .hasMessageContainingAll(path().toString(), "delete this file")
                .hasMessageNotContaining("\n");
    }

    @Test
    void aFolderOfItsNameIsOneLine() throws IOException {
        Files.createDirectory(path());
        assertThatThrownBy(this::read).isInstanceOf(BadSetting.class)
                .hasMessageContaining(path().toString()).hasMessageNotContaining("\n");
    }

    @Test
    void noEntryIsLongerThanAPayment() throws IOException {
        promise(OWN, entries());
        byte[] whole = Files.readAllBytes(path());
        byte[] tooLong = new byte[WalletJournal.MAX_ENTRY_BYTES + 1];
        CRC32C sum = new CRC32C();
        sum.update(tooLong);
        Files.write(path(), ByteBuffer.allocate(whole.length + 8 + tooLong.length)
                .put(whole).putInt(tooLong.length).put(tooLong).putInt((int) sum.getValue()).array());
        hasAll(read());
        assertThat(path()).hasBinaryContent(whole);
    }

    @Test
    void isWrittenAnewWithoutWhatCountsNoMoreBeforeItGrowsLarge() throws IOException {
        WalletJournal journal = journal(20_000);
        journal.read(OWN);
        journal.append(entries());
        for (int i = 0; i < 2_000; i++) {
            journal.append(List.of(new JournalEntry.Made(payment(5)), new JournalEntry.Lost(payment(5).txid())));
            assertThat(Files.size(path())).isLessThan(20_500);
        }
        hasAll(read());
    }

    @Test
    void keepsAsManyKeysAsTheDatabaseDoes() {
        JournalState state = new JournalState();
        for (int i = 0; i <= WalletBooks.MAX_PAYMENT_KEYS; i++) {
            state.add(new JournalEntry.Ordered(new KeyedPayment(new IdempotencyKey("key-" + i), order(1).orderDigest(),
                    order(1).payment())));
        }
        assertThat(state.orders()).hasSize((int) WalletBooks.MAX_PAYMENT_KEYS)
                .doesNotContainKey(new IdempotencyKey("key-0"));
    }

    @Test
    void whatAWalletPromisedIsKnownAgainWhenItComesBackAfterAnother(CapturedOutput output) {
        promise(OWN, entries());
        promise(OTHER, List.of(new JournalEntry.Ordered(order(2))));
        hasAll(read());
        assertThat(journal(WalletJournal.MAX_BYTES).read(OTHER).orders().values()).containsExactly(order(2));
        hasAll(read());
        assertThat(output.getAll().lines().filter(it -> it.contains("is of another wallet, and is put aside as")))
                .hasSize(4).allMatch(it -> it.contains(path().toString()));
    }

    private void promise(Address wallet, List<JournalEntry> entries) {
        WalletJournal journal = journal(WalletJournal.MAX_BYTES);
        journal.read(wallet);
        journal.append(entries);
        journal.close();
    }

    @Test
    void nothingIsForgottenWhereAnOlderCopyOfTheFolderWasPutBackMeanwhile() throws IOException {
        promise(OWN, List.of(new JournalEntry.Ordered(order(1))));
        byte[] older = Files.readAllBytes(path());
        promise(OWN, List.of(new JournalEntry.Ordered(order(2))));
        promise(OTHER, List.of());
        Files.write(path(), older);
        promise(OWN, List.of(new JournalEntry.Ordered(order(3))));
        assertThat(read().orders().values()).containsExactlyInAnyOrder(order(1), order(2), order(3));
        Files.copy(path(), folder.resolve(WalletJournal.FILE + "." + OWN));
        Files.write(path(), older);
        promise(OTHER, List.of());
        assertThat(read().orders().values()).containsExactlyInAnyOrder(order(1), order(2), order(3));
    }

    @Test
    void theOneNameThatMembersOncePutThemAsideUnderIsReadToo() throws IOException {
        promise(OWN, entries());
        Files.move(path(), folder.resolve(WalletJournal.OTHER_FILE));
        promise(OTHER, List.of());
        hasAll(read());
    }

    @Test
    void anotherWalletBeginsWhereOneWasRestored() {
        WalletJournal journal = journal(WalletJournal.MAX_BYTES);
        journal.read(OTHER);
        journal.append(entries());
        journal.append(List.of(new JournalEntry.OfWallet(OWN), new JournalEntry.Given(Branch.RECEIVE, 1)));
        JournalState state = read();
        assertThat(state.orders()).isEmpty();
        assertThat(state.payments()).isEmpty();
        assertThat(state.handedOut(Branch.RECEIVE)).isEqualTo(1);
    }
}
