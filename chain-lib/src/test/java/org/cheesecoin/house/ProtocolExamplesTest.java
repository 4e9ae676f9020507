package org.cheesecoin.house;

import java.io.IOException;
import java.util.HexFormat;
import java.util.List;

import org.cheesecoin.chain.cheese.Address;
import org.cheesecoin.chain.cheese.Amount;
import org.cheesecoin.chain.cheese.CheeseHeader;
import org.cheesecoin.chain.cheese.OutPoint;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.PaymentBody;
import org.cheesecoin.chain.cheese.Transaction;
import org.cheesecoin.chain.cheese.TransactionOutput;
import org.cheesecoin.chain.cheese.Txid;
import org.cheesecoin.chain.cheese.Witness;
import org.cheesecoin.chain.consensus.Difficulty;
import org.cheesecoin.chain.consensus.Network;
import org.cheesecoin.chain.consensus.NetworkParameters;
import org.cheesecoin.chain.consensus.StackedHeader;
import org.cheesecoin.chain.consensus.Work;
import org.cheesecoin.chain.crypto.Hash256;
import org.cheesecoin.chain.crypto.PrivateKey;
import org.cheesecoin.chain.crypto.PublicKey;
import org.cheesecoin.chain.crypto.SignatureScheme;
import org.cheesecoin.chain.crypto.SignatureSchemes;
import org.cheesecoin.chain.wallet.Branch;
import org.cheesecoin.chain.wallet.KeyChain;
import org.cheesecoin.chain.wallet.Mnemonic;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The examples of protocol.md, byte for byte: other members are written after that page, so no change here may alter
 * one of them. A second program, written from the page alone, gave the same.
 */
class ProtocolExamplesTest {

    private static final Network LOCAL = Network.of(NetworkParameters.local());
    private static final Network TEST = Network.of(NetworkParameters.test());
    private static final SignatureScheme SCHEME = SignatureSchemes.bouncyCastle();
    private static final PrivateKey ONE = PrivateKey.of(Hash256.fromHex("0".repeat(63) + "1").toBytes());
    private static final PublicKey KEY = SCHEME.publicKey(ONE);

    private static String page = "";

    @BeforeAll
    static void readPage() throws IOException {
        page = ProtocolPageTest.read();
    }

    @Test
    void aKeyHasItsAddress() {
        stands("address of the key", Address.of(KEY));
    }

    @Test
    void wordsHaveTheirFirstAddress() {
        Mnemonic words = Mnemonic.parse("abandon ".repeat(11) + "about").orElseThrow();
        KeyChain keys = KeyChain.ofSeed(words.toSeed(""), SCHEME);
        assertThat(page).contains("have at `" + keys.key(Branch.RECEIVE, 0).path() + "` the address\n`"
                + keys.key(Branch.RECEIVE, 0).address() + "`");
    }

    @Test
    void theParametersMakeTheNetworksIds() {
        stands("parent smell of the Blue Cheese of `local`", LOCAL.blueCheese().header().parentSmell());
        stands("Blue Cheese of `local`", HexFormat.of().formatHex(LOCAL.blueCheese().toBytes()));
        stands("network id of `local`", LOCAL.id());
        stands("network id of `test`", TEST.id());
    }

    @Test
    void transactionsHaveTheirNames() {
        Transaction coinbase = LOCAL.blueCheese().transactions().getFirst();
        stands("txid of that coinbase", coinbase.txid());
        stands("full id of that coinbase", coinbase.fullId());
        Payment payment = payment();
        stands("payment", HexFormat.of().formatHex(payment.toBytes()));
        stands("txid of the payment", payment.txid());
        stands("what its owner signs", PaymentBody.digest(TEST.id(), payment.txid()));
        stands("full id of the payment", payment.fullId());
    }

    @ParameterizedTest
    @CsvSource({"1 ms, 1", "5 s, 5000", "20 s, 20000", "120 s or more, 120000", "120 s or more, 86400000"})
    void theBaseTargetMovesByOneStep(String words, long solveMillis) {
        stands("base after " + words, Difficulty.baseTargetAbove(solvedIn(solveMillis), LOCAL.parameters()));
    }

    @ParameterizedTest
    @CsvSource({"'59,999 ms', 59999", "60 s, 60000", "180 s, 180000", "a day, 86400000"})
    void theTargetCarriedIsEasedWithinAStall(String words, long waitMillis) {
        // A solve time of one spacing leaves the base where it is.
        StackedHeader parent = solvedIn(LOCAL.parameters().spacingMillis());
        long timeMillis = parent.header().timeMillis() + waitMillis;
        stands("carried after " + words, Difficulty.targetAbove(parent, timeMillis, LOCAL.parameters()));
    }

    private static void stands(String what, Object value) {
        assertThat(page).contains("\n| " + what + " | `" + value + "` |\n");
    }

    private static StackedHeader solvedIn(long solveMillis) {
        StackedHeader root = LOCAL.root();
        CheeseHeader blue = root.header();
        CheeseHeader header = new CheeseHeader(1, 2, root.smell(), blue.merkleRoot(),
                blue.timeMillis() + solveMillis, blue.compactTarget(), 0);
        return new StackedHeader(header, header.smell(), blue.timeMillis(), root.baseTarget(), Work.ZERO);
    }

    private static Payment payment() {
        OutPoint input = new OutPoint(new Txid(Hash256.fromHex("11".repeat(32))), 2);
        TransactionOutput output = new TransactionOutput(new Amount(150_000_000), Address.of(KEY));
        PaymentBody body = new PaymentBody(List.of(input), List.of(output));
        Hash256 digest = PaymentBody.digest(TEST.id(), body.txid());
        return new Payment(body, List.of(new Witness(KEY, SCHEME.sign(ONE, digest))));
    }
}
