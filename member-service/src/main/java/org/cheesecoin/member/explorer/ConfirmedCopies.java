package org.cheesecoin.member.explorer;

import java.util.Optional;

import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.Txid;
import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.chain.consensus.CheckedTransaction;
import org.cheesecoin.chain.consensus.Network;
import org.cheesecoin.chain.consensus.TransactionRules;
import org.cheesecoin.chain.crypto.SignatureScheme;
import org.cheesecoin.web.DearReads;
import org.springframework.stereotype.Component;

/**
 * Judges what is submitted once more though it stands in the stack. A txid does not hold the witnesses, so a copy may have any:
 * the very bytes are good, and others if each owner signed them. A cheese is read for it, a few at a time.
 */
@Component
public class ConfirmedCopies {

    private final TransactionFinder finder;
    private final DearReads dear;
    private final Network network;
    private final SignatureScheme signatures;

    ConfirmedCopies(TransactionFinder finder, DearReads dear, Network network, SignatureScheme signatures) {
        this.finder = finder;
        this.dear = dear;
        this.network = network;
        this.signatures = signatures;
    }

    /**
     * What the witnesses of a copy are worth of which the loop knows that it is confirmed.
     *
     * @return its name, or the rule that its witnesses break. Where the payment is not found any more, as without an index,
     *         whose they are is not looked at
     */
    public Outcome<Txid> judge(Payment copy) {
        return dear.inTurn(() -> finder.confirmedAs(copy.txid())
                .map(known -> judge(copy, known))
                .orElseGet(() -> judgeSignatures(copy)));
    }

    /**
     * The same for a copy of which the loop knows nothing, since what it spends is spent and forgotten.
     *
     * @return nothing where the index does not know it as confirmed either
     */
    public Optional<Outcome<Txid>> judgeForgotten(Payment copy) {
        // Cheap, for whatever anybody submits; the cheese is read only for what is there.
        if (!finder.isIndexed(copy.txid())) {
            return Optional.empty();
        }
        return dear.inTurn(() -> finder.indexedAs(copy.txid()).map(known -> judge(copy, known)));
    }

    private Outcome<Txid> judge(Payment copy, Payment known) {
        if (copy.fullId().equals(known.fullId())) {
            return Outcome.passed(copy.txid());
        }
        // No more signatures are checked than the payment has owners.
        Optional<Violation> foreign = TransactionRules.sameOwnersSigned(copy, known);
        return foreign.isPresent() ? Outcome.refused(foreign.get()) : judgeSignatures(copy);
    }

    private Outcome<Txid> judgeSignatures(Payment copy) {
        return switch (TransactionRules.standAlone(copy, network.id(), signatures)) {
            case Outcome.Passed<CheckedTransaction> _ -> Outcome.passed(copy.txid());
            case Outcome.Refused<CheckedTransaction>(Violation violation) -> Outcome.refused(violation);
        };
    }
}
