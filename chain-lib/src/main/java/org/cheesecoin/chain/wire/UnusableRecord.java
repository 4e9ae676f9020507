package org.cheesecoin.chain.wire;

import org.cheesecoin.chain.cheese.MalformedException;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.chain.crypto.Signature;

/**
 * A peer record whose URL nobody here can dial. It is no fault of whoever passes it on, whose version of this protocol may
 * take other hosts; its signature is not looked at.
 *
 * @param networkId of its network
 * @param nodeId whose word it says it is
 * @param url what stands there for a URL, each byte a character
 * @param issuedAtMillis when it said so, by its own clock
 * @param signature any
 */
public record UnusableRecord(Smell networkId, NodeId nodeId, String url, long issuedAtMillis, Signature signature)
        implements PeerWord {

    /**
     * Checks ENC-VALUE.
     *
     * @throws MalformedException if the time is not from 0 to 2^53 - 1
     */
    public UnusableRecord {
        WireFields.requireTime("issuedAtMillis", issuedAtMillis);
    }

    /** ENC-VALUE, with what is wrong with the URL. */
    public Violation violation() {
        return GossipUrl.violationOf(Printable.cut(url, GossipUrl.MAX_CHARS))
                .orElseGet(() -> Violation.of(Rule.ENC_VALUE).with("gossipUrl", "other than printable ASCII"));
    }
}
