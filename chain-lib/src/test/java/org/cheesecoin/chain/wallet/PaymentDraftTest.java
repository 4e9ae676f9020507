package org.cheesecoin.chain.wallet;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import org.cheesecoin.chain.cheese.Address;
import org.cheesecoin.chain.cheese.Amount;
import org.cheesecoin.chain.cheese.OutPoint;
import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.PaymentBody;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.cheese.Transaction;
import org.cheesecoin.chain.cheese.TransactionOutput;
import org.cheesecoin.chain.cheese.Witness;
import org.cheesecoin.chain.crypto.Hash256;
import org.cheesecoin.chain.crypto.Signature;
import org.cheesecoin.chain.testing.Payments;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.chain.testing.TestWorld;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Two wallets, Anna and Bert, pay Carla together. */
class PaymentDraftTest {

    private static final long CHEESE = Amount.CRUMBS_PER_CHEESE;
    private static final long FEE = 1_000;

    private final TestWorld world = TestWorld.rich(2);
    private final Smell networkId = world.network().id();
    private final DraftSigner signer = new DraftSigner(TestKeys.SCHEME, networkId);
    private final Owner anna = new Owner(1);
    private final Owner bert = new Owner(2);
    private final Address carla = TestKeys.key(77).address();

    private final PaymentDraft draft = PaymentDraft.paying(networkId, List.of(Payments.to(carla, 50 * CHEESE)))
            .then(it -> it.adding(anna.source(), anna.coin(), anna.change(100 * CHEESE - 20 * CHEESE)))
            .then(it -> it.adding(bert.source(), bert.coin(), bert.change(100 * CHEESE - 30 * CHEESE - FEE)))
            .orElseThrow();

    /** One wallet with one coin of 100 CHEESE. */
    private final class Owner {

        private final KeyChain chain;
        private final Payment gift;

        Owner(int number) {
            byte[] seed = new byte[32];
            seed[0] = (byte) number;
            chain = KeyChain.ofSeed(seed, TestKeys.SCHEME);
            gift = world.pay(world.allocation(number), TestKeys.of(receive().privateKey()), 100 * CHEESE, FEE);
            world.mine(gift);
        }

        WalletKey receive() {
            return chain.key(Branch.RECEIVE, 0);
        }

        List<Transaction> source() {
            return List.of(gift);
        }

        List<OutPoint> coin() {
            return List.of(gift.outPoint(0));
        }

        List<TransactionOutput> change(long crumbs) {
            return List.of(Payments.to(chain.key(Branch.CHANGE, 0).address(), crumbs));
        }

        SigningTerms terms(long mostCrumbs) {
            return new SigningTerms(coin(), new Amount(mostCrumbs));
        }

        Function<Address, Optional<WalletKey>> keys() {
            return address -> List.of(receive(), chain.key(Branch.CHANGE, 0)).stream()
                    .filter(key -> key.address().equals(address))
                    .findFirst();
        }

        Outcome<PaymentDraft> sign(PaymentDraft toSign, SigningTerms terms) {
            return signer.sign(toSign, terms, keys());
        }
    }

    @Test
    void twoOwnersSignApartAndTheStackAcceptsIt() {
        PaymentDraft byAnna = anna.sign(sent(draft), anna.terms(20 * CHEESE)).orElseThrow();
        PaymentDraft byBert = bert.sign(sent(draft), bert.terms(30 * CHEESE + FEE)).orElseThrow();
        assertThat(byAnna.unsigned()).containsExactly(bert.receive().address());
        assertRefused(signer.finish(byAnna), Rule.TRX_WITNESS_MISSING);
        PaymentDraft both = signer.combine(sent(byAnna), sent(byBert)).orElseThrow();
        assertThat(both).isEqualTo(signer.combine(byBert, byAnna).orElseThrow());
        Payment payment = signer.finish(both).orElseThrow().payment();
        assertThat(payment.sizeBytes()).isEqualTo(draft.paymentSizeBytes());
        assertThat(world.check(world.next(payment))).isInstanceOf(Outcome.Passed.class);
    }

    @Test
    void showsTheTrueFee() {
        assertThat(draft.fee().orElseThrow()).isEqualTo(new Amount(FEE));
        PaymentDraft poor = draft.adding(List.of(), List.of(), List.of(Payments.to(carla, CHEESE))).orElseThrow();
        assertRefused(poor.fee(), Rule.TRX_UNDERFUNDED);
        assertRefused(anna.sign(poor, anna.terms(20 * CHEESE)), Rule.TRX_UNDERFUNDED);
    }

    @Test
    void refusesToOverpay() {
        PaymentDraft careless = PaymentDraft.paying(networkId, List.of(Payments.to(carla, CHEESE)))
                .then(it -> it.adding(anna.source(), anna.coin(), List.of()))
                .orElseThrow();
        assertRefused(anna.sign(careless, anna.terms(100 * CHEESE)), Rule.WLT_FEE);
    }

    @Test
    void refusesToSpendACoinThatWasNotAgreed() {
        assertRefused(anna.sign(draft, new SigningTerms(bert.coin(), new Amount(20 * CHEESE))), Rule.WLT_DRAFT_COIN);
        PaymentDraft foreign = PaymentDraft.paying(networkId, List.of(Payments.to(carla, 100 * CHEESE - FEE)))
                .then(it -> it.adding(bert.source(), bert.coin(), List.of()))
                .orElseThrow();
        assertRefused(anna.sign(foreign, anna.terms(20 * CHEESE)), Rule.WLT_DRAFT_COIN);
    }

    @Test
    void refusesToLoseChange() {
        assertRefused(anna.sign(draft, anna.terms(20 * CHEESE - 1)), Rule.WLT_DRAFT_CHANGE);
        PaymentDraft stolen = PaymentDraft.paying(networkId, List.of(Payments.to(carla, 50 * CHEESE)))
                .then(it -> it.adding(anna.source(), anna.coin(), bert.change(50 * CHEESE - FEE)))
                .orElseThrow();
        assertRefused(anna.sign(stolen, anna.terms(50 * CHEESE + FEE)), Rule.WLT_DRAFT_CHANGE);
    }

    @Test
    void aChangedDraftLosesItsSignatures() {
        PaymentDraft signed = anna.sign(draft, anna.terms(20 * CHEESE)).orElseThrow();
        PaymentDraft changed = signed.adding(List.of(), List.of(), List.of(Payments.to(carla, 1))).orElseThrow();
        assertThat(changed.witnesses()).isEmpty();
        assertRefused(signer.combine(signed, changed), Rule.WLT_DRAFT_OTHER);
    }

    @Test
    void refusesAnInputThatItsTransactionsDoNotShow() {
        assertRefused(draft.adding(List.of(), List.of(world.coinbase(1).outPoint()), List.of()), Rule.WLT_DRAFT_INPUT);
        assertRefused(draft.adding(anna.source(), List.of(anna.gift.outPoint(2)), List.of()), Rule.WLT_DRAFT_INPUT);
        assertRefused(draft.adding(anna.source(), anna.coin(), List.of()), Rule.TRX_INPUT_DUPLICATE);
    }

    @Test
    void refusesAnotherNetworkAndAForgedSignature() {
        DraftSigner elsewhere = new DraftSigner(TestKeys.SCHEME, new Smell(Hash256.ZERO));
        assertRefused(elsewhere.sign(draft, anna.terms(20 * CHEESE), anna.keys()), Rule.NET_NETWORK);
        Witness byAnna = anna.sign(draft, anna.terms(20 * CHEESE)).orElseThrow().witnesses().getFirst();
        byte[] altered = byAnna.signature().toBytes();
        altered[altered.length - 1] ^= 1;
        Witness forged = new Witness(byAnna.publicKey(), Signature.of(altered));
        PaymentDraft withForged = PaymentDraft.of(
                networkId, draft.body().orElseThrow(), draft.sources(), List.of(forged)).orElseThrow();
        assertRefused(signer.combine(draft, withForged), Rule.TRX_SIGNATURE);
    }

    @Test
    void whatIsSentIsHeldToTheTransactionsThatItCarries() {
        PaymentBody body = draft.body().orElseThrow();
        assertThat(sent(draft)).isEqualTo(draft);
        assertRefused(PaymentDraft.of(networkId, body, anna.source(), List.of()), Rule.WLT_DRAFT_INPUT);
        PaymentBody reversed = new PaymentBody(body.inputs().reversed(), body.outputs().reversed());
        assertRefused(PaymentDraft.of(networkId, reversed, draft.sources(), List.of()), Rule.ENC_VALUE);
        List<Transaction> many = Collections.nCopies(PaymentDraft.MAX_SOURCES + 1, draft.sources().getFirst());
        assertRefused(PaymentDraft.of(networkId, body, many, List.of()), Rule.ENC_LIMIT);
        assertThat(PaymentBody.decode(body.toBytes())).isEqualTo(Outcome.passed(body));
        assertRefused(PaymentBody.decode(world.cheese(1).transactions().getFirst().toBytes()), Rule.ENC_VERSION);
    }

    /** The draft as another member has it from its parts. */
    private static PaymentDraft sent(PaymentDraft draft) {
        PaymentBody body = PaymentBody.decode(draft.body().orElseThrow().toBytes()).orElseThrow();
        return PaymentDraft.of(draft.networkId(), body, draft.sources(), draft.witnesses()).orElseThrow();
    }

    private static void assertRefused(Outcome<?> outcome, Rule rule) {
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Refused.class,
                refused -> assertThat(refused.violation().rule()).isEqualTo(rule));
    }
}
