package org.cheesecoin.chain.node;

import org.cheesecoin.chain.wire.Printable;

/**
 * What came of the last dials of a peer, where nothing good came.
 *
 * @param count failures in a row since the node started or last reached it, at least 1
 * @param lastReason why the last one failed, printable ASCII, at most {@link #MAX_REASON_CHARS}
 */
public record FailedDials(int count, String lastReason) {

    /** Longest reason that is kept, in characters: a part of it may be a stranger's, and each known peer has one. */
    public static final int MAX_REASON_CHARS = 200;

    /** Cuts the reason to what may be kept and shown. */
    public FailedDials {
        lastReason = Printable.cut(lastReason, MAX_REASON_CHARS);
    }
}
