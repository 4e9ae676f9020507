package org.cheesecoin.member.wallet;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.cheesecoin.chain.cheese.Address;
import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.wallet.WalletAddress;
import org.cheesecoin.member.node.Mailbox;

/**
 * The member's wallet, for any thread. What goes through the loop is answered with a future that is completed when all
 * that was done is durable, exceptionally if the member stops before.
 */
public final class WalletService {

    private final WalletKeeper keeper;
    private final WalletTables tables;
    private final WalletSecret secret;
    private final Mailbox mailbox;

    WalletService(WalletKeeper keeper, WalletTables tables, WalletSecret secret, Mailbox mailbox) {
        this.keeper = keeper;
        this.tables = tables;
        this.secret = secret;
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

    /** Hands out a fresh receiving address, or WLT-GAP if too many are out unused. */
    public CompletableFuture<Outcome<GivenAddress>> newAddress() {
        return mailbox.call(keeper::newAddress)
                .thenApply(next -> next.then((WalletAddress it) -> Outcome.passed(
                        new GivenAddress(it, GivenAddress.State.UNUSED))));
    }

    /** Pays: coins are chosen and kept on the loop, so two payments at once never take the same. */
    public CompletableFuture<PaymentAttempt> pay(PaymentOrder order) {
        return mailbox.call(access -> keeper.pay(order, access));
    }

    /** The recovery words, for the owner's eyes only; that they were shown is noted. */
    public CompletableFuture<List<String>> showWords() {
        List<String> words = secret.words().words();
        return mailbox.call(keeper::wordsShown).thenApply(_ -> words);
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
}
