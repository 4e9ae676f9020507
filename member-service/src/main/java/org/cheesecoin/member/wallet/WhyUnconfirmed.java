package org.cheesecoin.member.wallet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.cheesecoin.chain.cheese.FeeRate;
import org.cheesecoin.chain.cheese.Txid;
import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.chain.consensus.HeaderRules;
import org.cheesecoin.chain.consensus.NetworkParameters;
import org.cheesecoin.chain.consensus.StackedHeader;
import org.cheesecoin.chain.mempool.MempoolEntry;
import org.cheesecoin.member.node.LoopAccess;

/** Says why a transaction of the wallet is not confirmed. */
final class WhyUnconfirmed {

    /** A tip older than so many spacings is worth a word. */
    private static final long PATIENCE_SPACINGS = 6;

    private WhyUnconfirmed() {}

    /** Why a transaction waits, or waits no more; nothing for a confirmed one. */
    static List<Reason> of(WalletEntry entry, LoopAccess access) {
        return switch (entry.state()) {
            case CONFIRMED -> List.of();
            case PENDING -> access.node().mempool().entry(entry.txid())
                    .map(it -> waiting(it, access))
                    .orElseGet(() -> List.of(reason(Reason.Code.CHECKING, "The mempool is about to say more")));
            case REPLACED -> List.of(reason(Reason.Code.REPLACED, "Another payment of the same coins that pays more "
                    + "took its place" + other(entry)));
            case CONFLICTED -> List.of(reason(Reason.Code.CONFLICTED, "A cheese holds another payment of a coin that "
                    + "it or what it builds on spends" + other(entry)));
            case EVICTED -> List.of(reason(Reason.Code.EVICTED, "The mempool was full or it waited too long: its "
                    + "coins are free; pay again with a higher fee rate"));
            case INVALID -> List.of(reason(Reason.Code.INVALID, "Since a reorganisation it spends what is not there "
                    + "or is too young"));
            case REVERTED -> List.of(reason(Reason.Code.REVERTED, "Its cheese left the best branch, and it cannot "
                    + "wait for another"));
        };
    }

    private static String other(WalletEntry entry) {
        return entry.other().map(Txid::toHex).map(": "::concat).orElse("");
    }

    private static List<Reason> waiting(MempoolEntry entry, LoopAccess access) {
        List<Reason> reasons = new ArrayList<>();
        FeeRate needed = access.node().mempool().estimate(access.steadyMillis()).within(1);
        if (entry.miningRate().compareTo(needed) < 0) {
            reasons.add(reason(Reason.Code.FEE_TOO_LOW,
                    "It brings the miner %.2f crumbs a byte, and the next cheese is filled by what brings %.2f: wait, or POST /wallet/payments/{txid}/bump"
                            .formatted(entry.miningRate().crumbsPerByte(), needed.crumbsPerByte())));
        }
        if (entry.ancestorCount() > 0) {
            reasons.add(reason(Reason.Code.ANCESTORS_UNCONFIRMED,
                    "It builds on %d payments that wait themselves".formatted(entry.ancestorCount())));
        }
        NetworkParameters parameters = access.node().stack().network().parameters();
        StackedHeader tip = access.node().stack().tip();
        long ageMillis = access.clockMillis() - tip.header().timeMillis();
        Optional<Violation> tooEarly = HeaderRules.tooEarlyAbove(tip, access.clockMillis());
        if (parameters.retargeting() == NetworkParameters.Retargeting.NONE) {
            reasons.add(reason(Reason.Code.NO_CHEESE, "Cheeses come only on demand here: POST /mining/cheeses"));
        } else if (tooEarly.isPresent()) {
            reasons.add(reason(Reason.Code.NO_CHEESE, tooEarly.get().message() + ": set the clock of this machine"));
        } else if (ageMillis > PATIENCE_SPACINGS * parameters.spacingMillis()) {
            reasons.add(reason(Reason.Code.NO_CHEESE,
                    "No cheese has come for %d seconds; GET /node says why".formatted(ageMillis / 1_000)));
        }
        return reasons.isEmpty()
                ? List.of(reason(Reason.Code.NEXT_CHEESE, "As things stand, the next cheese holds it"))
                : reasons;
    }

    private static Reason reason(Reason.Code code, String text) {
        return new Reason(code, text);
    }
}
