package org.cheesecoin.member.explorer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.cheesecoin.chain.cheese.OutPoint;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.Txid;
import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.chain.consensus.Coin;
import org.cheesecoin.chain.mempool.Precheck;
import org.cheesecoin.chain.node.Node;
import org.cheesecoin.member.explorer.LeftPayments.Left;
import org.cheesecoin.member.explorer.SeenTransaction.Fate;
import org.cheesecoin.member.node.LoopAccess;
import org.springframework.stereotype.Component;

/** Looks up, on the loop, what waits in the mempool and what became of what did. */
@Component
public class PendingLookup {

    private final LeftPayments left;

    PendingLookup(LeftPayments left) {
        this.left = left;
    }

    /** What became of a payment that is not confirmed. */
    private record Ending(Fate fate, Optional<Txid> rival, String reason) {}

    /** A payment that waits. */
    public Optional<SeenTransaction> pending(LoopAccess access, Txid txid) {
        Node node = access.node();
        return node.mempool().entry(txid).map(entry -> new SeenTransaction.Pending(entry.payment(),
                Optional.of(entry.fee()), coins(node, entry.payment().inputs()), entry.arrivedMillis()));
    }

    /** A payment that left without being confirmed, as far as that is remembered. */
    public Optional<SeenTransaction> left(LoopAccess access, Txid txid) {
        return left.find(txid).map(it -> {
            Ending ending = ending(access, it);
            return new SeenTransaction.Left(it.payment(), coins(access.node(), it), ending.fate(), ending.rival(),
                    ending.reason(), it.leftMillis());
        });
    }

    private static Ending ending(LoopAccess access, Left gone) {
        return switch (gone.why()) {
            case REPLACED -> new Ending(Fate.REPLACED, gone.rival(),
                    "A payment that spends the same coin, or a coin that this one builds on, pays more and took its "
                            + "place");
            case CONFLICTED -> new Ending(Fate.CONFLICTED, gone.rival(),
                    "A cheese holds another payment that spends the same coin, or a coin that this one builds on");
            case EVICTED -> new Ending(Fate.EVICTED, Optional.empty(),
                    "The mempool had no more room for its fee rate, or it waited too long; it may be submitted again");
            case INVALID -> new Ending(Fate.INVALID, Optional.empty(),
                    "After a reorganisation it breaks a rule: " + now(access, gone.payment()).reason());
            case DISPLACED -> now(access, gone.payment());
        };
    }

    /** How it would fare today. */
    private static Ending now(LoopAccess access, Payment payment) {
        Node node = access.node();
        Optional<Txid> waiting = payment.inputs().stream()
                .flatMap(it -> node.mempool().spender(it).stream())
                .findFirst();
        if (waiting.isPresent()) {
            return new Ending(Fate.CONFLICTED, waiting, "Another payment that waits spends the same coin");
        }
        return switch (node.mempool().precheck(payment, node.stack().coins(), node.stack().tip().height() + 1,
                access.steadyMillis())) {
            case Precheck.Wanted() -> new Ending(Fate.EVICTED, Optional.empty(),
                    "It stood in a cheese that lost to another branch; it may be submitted again");
            case Precheck.MissingInputs(List<OutPoint> missing) -> new Ending(Fate.INVALID, Optional.empty(),
                    "It spends %s, which is not there any more".formatted(missing.getFirst()));
            case Precheck.Refused(Violation violation) when violation.rule() == Rule.TRX_INPUT_SPENT ->
                    new Ending(Fate.CONFLICTED, spender(violation), violation.message());
            case Precheck.Refused(Violation violation) ->
                    new Ending(Fate.INVALID, Optional.empty(), violation.message());
        };
    }

    private static Optional<Txid> spender(Violation violation) {
        return Optional.ofNullable(violation.values().get("conflictingTxid")).map(Txid::fromHex);
    }

    private static List<Optional<Coin>> coins(Node node, Left gone) {
        List<Optional<Coin>> coins = new ArrayList<>();
        List<OutPoint> inputs = gone.payment().inputs();
        for (int i = 0; i < inputs.size(); i++) {
            OutPoint input = inputs.get(i);
            coins.add(gone.spent().get(i).or(() -> PendingByAddress.coin(node, input)));
        }
        return coins;
    }

    private static List<Optional<Coin>> coins(Node node, List<OutPoint> inputs) {
        return inputs.stream().map(it -> PendingByAddress.coin(node, it)).toList();
    }
}
