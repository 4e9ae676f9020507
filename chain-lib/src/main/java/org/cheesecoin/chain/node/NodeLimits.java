package org.cheesecoin.chain.node;

/**
 * A limit for everything that peers can fill or wait for. Counts, unless the name ends in a unit.
 *
 * @param outboundLinks links of our own choice, never given up for an inbound one
 * @param inboundLinks links that others opened, the handshake complete
 * @param openHandshakes links whose handshake is not complete
 * @param handshakeMillis how long a handshake may take
 * @param pingMillis pause between two pings of a link
 * @param pongMillis how long a sign of life may take
 * @param requestMillis how long an answer may take
 * @param headersAhead headers kept in memory that are not of the stack; half as many for one branch
 * @param cheesesInFlight cheeses asked for and not here yet, over all links
 * @param cheesesPerLink the same for one link, once it has delivered
 * @param waitingCheeseBytes cheeses that are here and wait for their turn
 * @param compactBytes memory of compact cheeses that lack payments, one of each link at most
 * @param earlyHeaders announcements that wait for their time
 * @param transactionChecks payments of peers whose signatures are being checked, and as many of users
 * @param transactionCheckBytes their encodings, half for users and half for peers, of whom each link is sure of its part;
 *     in memory they take about five times as much
 * @param transactionsInFlight payments asked for and not here yet, over all links, of which each is sure of its part of
 *     one half
 * @param transactionsPerLink payments that one link owes: it was asked for them and has said nothing yet
 * @param transactionsToAsk payments that one link announced and is not asked for yet, since too many are in flight
 * @param transactionsWaiting the same over all links, of which each is sure of its part of one half
 * @param refusedTransactions payments remembered as refused, until the next cheese
 * @param rememberedPerLink full ids and smells remembered as known to a peer
 * @param knownPeers peers kept
 * @param peersPerSource peers kept that one source told of
 * @param bans bans kept
 * @param banMillis how long a ban lasts
 * @param redialMillis least pause before a URL is dialled again; it doubles up to {@code maxRedialMillis}
 * @param maxRedialMillis longest pause before a URL is dialled again
 * @param youngMillis an id younger than this draws on the shared budget of strangers
 */
public record NodeLimits(
        int outboundLinks,
        int inboundLinks,
        int openHandshakes,
        long handshakeMillis,
        long pingMillis,
        long pongMillis,
        long requestMillis,
        int headersAhead,
        int cheesesInFlight,
        int cheesesPerLink,
        long waitingCheeseBytes,
        long compactBytes,
        int earlyHeaders,
        int transactionChecks,
        long transactionCheckBytes,
        int transactionsInFlight,
        int transactionsPerLink,
        int transactionsToAsk,
        int transactionsWaiting,
        int refusedTransactions,
        int rememberedPerLink,
        int knownPeers,
        int peersPerSource,
        int bans,
        long banMillis,
        long redialMillis,
        long maxRedialMillis,
        long youngMillis) {

    /** About how often a driver hands in {@link Input.Tick}, in milliseconds. */
    public static final long TICK_MILLIS = 100;

    /** Most links whose handshake is complete. */
    public int links() {
        return outboundLinks + inboundLinks;
    }

    /** The same limits with other room for cheeses that wait; each takes about five times its encoding. */
    public NodeLimits withWaitingCheeseBytes(long newWaitingCheeseBytes) {
        return with(outboundLinks, headersAhead, newWaitingCheeseBytes, rememberedPerLink);
    }

    /** The same limits with other room for what is known to each peer. */
    public NodeLimits withRememberedPerLink(int newRememberedPerLink) {
        return with(outboundLinks, headersAhead, waitingCheeseBytes, newRememberedPerLink);
    }

    /** The same limits with other room for headers that are not of the stack. */
    public NodeLimits withHeadersAhead(int newHeadersAhead) {
        return with(outboundLinks, newHeadersAhead, waitingCheeseBytes, rememberedPerLink);
    }

    /** The same limits with more or fewer links of the own choice. */
    public NodeLimits withOutboundLinks(int newOutboundLinks) {
        return with(newOutboundLinks, headersAhead, waitingCheeseBytes, rememberedPerLink);
    }

    /**
     * The same limits with other room for payments on their way.
     *
     * @param newInFlight see {@link #transactionsInFlight}
     * @param newWaiting see {@link #transactionsWaiting}
     * @param newCheckBytes see {@link #transactionCheckBytes}
     */
    public NodeLimits withTransactions(int newInFlight, int newWaiting, long newCheckBytes) {
        return with(outboundLinks, headersAhead, waitingCheeseBytes, compactBytes, newCheckBytes, newInFlight,
                newWaiting, rememberedPerLink);
    }

    /** The same limits with other room for compact cheeses that lack payments. */
    public NodeLimits withCompactBytes(long newCompactBytes) {
        return with(outboundLinks, headersAhead, waitingCheeseBytes, newCompactBytes, transactionCheckBytes,
                transactionsInFlight, transactionsWaiting, rememberedPerLink);
    }

    private NodeLimits with(
            int newOutboundLinks, int newHeadersAhead, long newWaitingCheeseBytes, int newRememberedPerLink) {
        return with(newOutboundLinks, newHeadersAhead, newWaitingCheeseBytes, compactBytes, transactionCheckBytes,
                transactionsInFlight, transactionsWaiting, newRememberedPerLink);
    }

    private NodeLimits with(
            int newOutboundLinks,
            int newHeadersAhead,
            long newWaitingCheeseBytes,
            long newCompactBytes,
            long newTransactionCheckBytes,
            int newTransactionsInFlight,
            int newTransactionsWaiting,
            int newRememberedPerLink) {
        return new NodeLimits(
                newOutboundLinks,
                inboundLinks,
                openHandshakes,
                handshakeMillis,
                pingMillis,
                pongMillis,
                requestMillis,
                newHeadersAhead,
                cheesesInFlight,
                cheesesPerLink,
                newWaitingCheeseBytes,
                newCompactBytes,
                earlyHeaders,
                transactionChecks,
                newTransactionCheckBytes,
                newTransactionsInFlight,
                transactionsPerLink,
                transactionsToAsk,
                newTransactionsWaiting,
                refusedTransactions,
                newRememberedPerLink,
                knownPeers,
                peersPerSource,
                bans,
                banMillis,
                redialMillis,
                maxRedialMillis,
                youngMillis);
    }

    /** What a member uses unless it is told otherwise. */
    public static NodeLimits defaults() {
        return new NodeLimits(
                8,
                64,
                64,
                10_000,
                30_000,
                20_000,
                20_000,
                100_000,
                128,
                64,
                16_000_000,
                4_000_000,
                100,
                2_000,
                4_000_000,
                5_000,
                1_000,
                2_000,
                20_000,
                20_000,
                8_192,
                1_000,
                125,
                1_000,
                3_600_000,
                1_000,
                60_000,
                600_000);
    }
}
