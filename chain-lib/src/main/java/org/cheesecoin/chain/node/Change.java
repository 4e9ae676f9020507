package org.cheesecoin.chain.node;

import org.cheesecoin.chain.mempool.MempoolStep;
import org.cheesecoin.chain.stack.StackStep;
import org.cheesecoin.chain.wire.GossipUrl;

/** Something to make durable before the outputs of its step are released. */
public sealed interface Change {

    /**
     * The stack changed.
     *
     * @param step how
     */
    record OfStack(StackStep step) implements Change {}

    /**
     * The mempool changed.
     *
     * @param step how
     */
    record OfMempool(MempoolStep step) implements Change {}

    /**
     * A peer was learned, or what is known of it changed.
     *
     * @param peer all that is known of it now
     */
    record PeerKept(KnownPeer peer) implements Change {}

    /**
     * A peer is no longer worth keeping.
     *
     * @param url which
     */
    record PeerForgotten(GossipUrl url) implements Change {}

    /**
     * A ban begins; the same pair's earlier one is replaced.
     *
     * @param ban it
     */
    record BanKept(Ban ban) implements Change {}

    /**
     * A ban is over, or gave way to newer ones.
     *
     * @param nodeIdHex whose, as in {@link Ban#nodeIdHex()}
     * @param remoteAddress at which address, as in {@link Ban#remoteAddress()}
     */
    record BanForgotten(String nodeIdHex, String remoteAddress) implements Change {}
}
