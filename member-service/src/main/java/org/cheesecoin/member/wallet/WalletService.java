package org.cheesecoin.member.wallet;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import org.cheesecoin.chain.cheese.Address;
import org.cheesecoin.chain.cheese.FeeRate;
import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.Txid;
import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.chain.crypto.SignatureScheme;
import org.cheesecoin.chain.wallet.Branch;
import org.cheesecoin.chain.wallet.Mnemonic;
import org.cheesecoin.chain.wallet.WalletAddress;
import org.cheesecoin.member.node.Mailbox;
import org.cheesecoin.member.settings.Secret;

/**
 * The member's wallet, for any thread. What goes through the loop is answered with a future that is completed when all
 * that was done is durable, exceptionally if the member stops before.
 */
public final class WalletService {

    /** Fewest words that acknowledge all. */
    public static final int LEAST_GIVEN_BACK = 3;

    private final WalletKeeper keeper;
    private final WalletTables tables;
    private final WalletSecret secret;
    private final SignatureScheme signatures;
    private final Mailbox mailbox;

    WalletService(
            WalletKeeper keeper, WalletTables tables, WalletSecret secret, SignatureScheme signatures,
            Mailbox mailbox) {
        this.keeper = keeper;
        this.tables = tables;
        this.secret = secret;
        this.signatures = signatures;
        this.mailbox = mailbox;
    }

    /**
     * Where this member's cheeses pay to: the first receiving address, always the same. A fresh one for each template
     * would burn through the gap that a restore looks at, hide nothing that the coinbases do not tell anyway, and make
     * the coins dearer to spend, for those of one owner share a witness.
     */
    public Address payoutAddress() {
        return keeper.payoutAddress();
    }

    /** What the wallet has. */
    public CompletableFuture<WalletBalance> balance() {
        return mailbox.call(keeper::balance);
    }

    /** Hands out a fresh receiving address, or WLT-GAP if too many are out unused, or WLT-LABEL. */
    public CompletableFuture<Outcome<GivenAddress>> newAddress(Optional<String> label) {
        return mailbox.call(access -> keeper.newAddress(label, access));
    }

    /** Calls an address that was handed out something, or nothing; none if it is no such address. */
    public CompletableFuture<Optional<Outcome<GivenAddress>>> label(Address address, Optional<String> label) {
        return mailbox.call(access -> keeper.label(address, label, access))
                .thenApply(found -> found.map(outcome -> outcome.then((WalletAddress it) -> Outcome.passed(
                        tables.given(it.index(), 1).getFirst()))));
    }

    /**
     * Pays: coins are chosen and kept on the loop, so two payments at once never take the same.
     *
     * @param key what the caller calls this order; asking again under it pays once
     */
    public CompletableFuture<PaymentAttempt> pay(PaymentOrder order, Optional<IdempotencyKey> key) {
        return mailbox.call(access -> keeper.pay(order, key, access));
    }

    /**
     * Replaces a payment that waits by one of the same receivers with a higher fee.
     *
     * @param rate the new fee rate; else what the next cheese takes, and what a replacement must pay at least
     */
    public CompletableFuture<PaymentAttempt> bump(Txid txid, Optional<FeeRate> rate) {
        return mailbox.call(access -> keeper.bump(txid, rate, access));
    }

    /** Whether the owner has acknowledged the recovery words. */
    public boolean areWordsAcknowledged() {
        return tables.wordsAcknowledgedMillis().isPresent();
    }

    /** The recovery words, for the owner's eyes only; WLT-ACKNOWLEDGED once the owner has acknowledged them. */
    public CompletableFuture<Outcome<List<String>>> showWords() {
        if (areWordsAcknowledged()) {
            return CompletableFuture.completedFuture(Outcome.refused(Violation.of(Rule.WLT_ACKNOWLEDGED)
                    .with("acknowledgedMillis", tables.wordsAcknowledgedMillis().getAsLong())));
        }
        List<String> words = secret.words().words();
        return mailbox.call(keeper::wordsShown).thenApply(_ -> Outcome.passed(words));
    }

    /**
     * The owner has written the words down.
     *
     * @param givenBack words by their position, counted from 1
     * @return when that was noted; WLT-GIVEN-BACK if they are too few or one is wrong, without saying which
     */
    public CompletableFuture<Outcome<Long>> acknowledgeWords(SortedMap<Integer, String> givenBack) {
        List<String> words = secret.words().words();
        boolean fits = givenBack.size() >= LEAST_GIVEN_BACK && givenBack.entrySet().stream()
                .allMatch(it -> it.getKey() >= 1 && it.getKey() <= words.size()
                        && words.get(it.getKey() - 1).equals(it.getValue()));
        return fits
                ? mailbox.call(keeper::wordsAcknowledged).thenApply(Outcome::passed)
                : CompletableFuture.completedFuture(Outcome.refused(Violation.of(Rule.WLT_GIVEN_BACK)
                        .with("words", words.size())
                        .with("least", LEAST_GIVEN_BACK)));
    }

    /**
     * Puts the wallet of these words in the place of a fresh one, and reads the stack for it; blocks for a moment.
     *
     * @return its first address; WLT-RESTORE if the present wallet is not fresh
     */
    public synchronized CompletableFuture<Outcome<Address>> restore(Mnemonic words) {
        var keys = WalletSecret.keys(words, signatures);
        secret.stage(words);
        Outcome<Address> restored;
        try {
            restored = mailbox.call(access -> keeper.restore(keys, access)).join();
        } catch (CompletionException e) {
            // Whether it was committed all the same is for the database to say, here or at the next start.
            if (tables.firstAddress().equals(Optional.of(keys.key(Branch.RECEIVE, 0).address()))) {
                promote(words);
            } else {
                secret.discard();
            }
            return CompletableFuture.failedFuture(e);
        }
        switch (restored) {
            case Outcome.Passed<Address> _ -> promote(words);
            case Outcome.Refused<Address> _ -> secret.discard();
        }
        return CompletableFuture.completedFuture(restored);
    }

    private void promote(Mnemonic words) {
        secret.promote();
        WalletSecret.logRestored(words, signatures);
    }

    /**
     * Seals the words under another passphrase; takes a moment, and never while they are being restored.
     *
     * @return what the owner must change for the next start, empty where the member did it; WLT-PASSPHRASE if the
     *     current one is another
     */
    public synchronized Outcome<Optional<String>> changePassphrase(Secret current, Secret another) {
        return secret.changePassphrase(current, another);
    }

    /**
     * Receiving addresses that were handed out, the one of mining first.
     *
     * @param fromIndex the first index
     * @param limit how many at most
     */
    public List<GivenAddress> addresses(int fromIndex, int limit) {
        return tables.given(fromIndex, limit);
    }

    /**
     * The history, newest first, as it is committed.
     *
     * @param beforeSequence only what is older than this
     * @param limit how many at most
     */
    public List<NumberedEntry> history(long beforeSequence, int limit) {
        return tables.entries(beforeSequence, limit);
    }

    /** One transaction of the history. */
    public Optional<NumberedEntry> entry(Txid txid) {
        return tables.entry(txid);
    }

    /** Why a transaction is not confirmed; nothing for one that is. */
    public CompletableFuture<List<Reason>> whyUnconfirmed(WalletEntry entry) {
        return mailbox.call(access -> WhyUnconfirmed.of(entry, access));
    }
}
