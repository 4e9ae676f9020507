package org.cheesecoin.chain.cheese;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Every rule that something can be refused by, with its id, its text and what breaking it costs a peer. The ids stand
 * in {@code protocol.md} with the same text; a rejection carries the id to the peer, the REST client and the log.
 */
public enum Rule {

    ENC_TRUNCATED(Level.WELL_FORMED, 100, "The bytes end before the value does."),
    ENC_TRAILING(Level.WELL_FORMED, 100, "Nothing may follow the value."),
    ENC_LIMIT(Level.WELL_FORMED, 100, "A list or text is no longer than its limit."),
    ENC_VERSION(Level.WELL_FORMED, 100, "Versions, kinds and message types are ones that this protocol knows."),
    ENC_VALUE(Level.WELL_FORMED, 100, "A field holds a value of its range."),

    HDR_VERSION(Level.STAND_ALONE, 100, "A header's version is 1."),
    HDR_WORK(Level.STAND_ALONE, 100, "The smell, as a number, is at most the target that the header carries."),
    HDR_TIME_RANGE(Level.STAND_ALONE, 100, "A header's time is from 1 to 2^53 - 1 milliseconds since 1970."),
    HDR_HEIGHT(Level.IN_CONTEXT, 100, "A cheese's height is its parent's plus one."),
    HDR_TIME_ORDER(Level.IN_CONTEXT, 100, "A cheese's time is at least one millisecond after its parent's."),
    HDR_TARGET(Level.IN_CONTEXT, 100, "The target is exactly the one that the difficulty rule gives."),
    HDR_TIME_EARLY(Level.IN_CONTEXT, 0, "A cheese more than 30 seconds ahead of the receiver's clock waits."),
    HDR_PARENT_UNKNOWN(Level.IN_CONTEXT, 0, "The parent is known."),
    HDR_PARENT_INVALID(Level.IN_CONTEXT, 100, "The parent is not a cheese that was found invalid."),
    HDR_BLUE_CHEESE(Level.IN_CONTEXT, 100, "Height 0 is the network's own Blue Cheese."),

    CHS_SIZE(Level.STAND_ALONE, 100, "A cheese's encoding is at most 2,000,000 bytes."),
    CHS_MERKLE_ROOT(Level.STAND_ALONE, 100, "The header's Merkle root is the root over the full transactions."),
    CHS_COINBASE_FIRST(Level.STAND_ALONE, 100, "The first transaction is a coinbase."),
    CHS_COINBASE_ONLY(Level.STAND_ALONE, 100, "Only the first transaction is a coinbase."),
    CHS_COINBASE_HEIGHT(Level.STAND_ALONE, 100, "The coinbase carries the height of its cheese."),
    CHS_DOUBLE_SPEND(Level.STAND_ALONE, 100, "No two transactions of a cheese spend the same output."),
    CHS_COINBASE_AMOUNT(Level.IN_CONTEXT, 100, "The coinbase pays at most the subsidy and the fees."),

    TRX_INPUTS_EMPTY(Level.WELL_FORMED, 100, "A payment has at least one input."),
    TRX_OUTPUTS_EMPTY(Level.WELL_FORMED, 100, "A payment has at least one output."),
    TRX_INPUT_DUPLICATE(Level.WELL_FORMED, 100, "A payment names an output once."),
    TRX_AMOUNT_ZERO(Level.WELL_FORMED, 100, "No output is of zero crumbs."),
    TRX_AMOUNT_RANGE(Level.WELL_FORMED, 100, "An amount is at most 3,000,000 CHEESE."),
    TRX_AMOUNT_SUM(Level.WELL_FORMED, 100, "The outputs together are at most 3,000,000 CHEESE."),
    TRX_TEXT_LENGTH(Level.WELL_FORMED, 100, "A coinbase's text has at most 64 bytes."),
    TRX_WITNESS_EMPTY(Level.WELL_FORMED, 100, "A payment has at least one witness."),
    TRX_WITNESS_ORDER(Level.WELL_FORMED, 100, "Witnesses stand strictly ascending by public key."),
    TRX_PUBLIC_KEY(Level.WELL_FORMED, 100, "A public key has the compressed form: 33 bytes, the first 2 or 3."),
    TRX_SIZE(Level.STAND_ALONE, 100, "A transaction fits into a cheese."),
    TRX_SIGNATURE_LOW_S(Level.STAND_ALONE, 100, "A signature's s is at most half the group order."),
    TRX_SIGNATURE(Level.STAND_ALONE, 100, "Each signature is its key's for this transaction on this network."),
    TRX_COINBASE_LOOSE(Level.STAND_ALONE, 100, "A coinbase stands in a cheese only."),
    TRX_INPUT_UNKNOWN(Level.IN_CONTEXT, 0, "Every input names an output that exists and is not spent."),
    TRX_INPUT_SPENT(Level.IN_CONTEXT, 0, "No input is already spent by another transaction."),
    TRX_INPUT_IMMATURE(Level.IN_CONTEXT, 0,
            "A coinbase is spendable as many cheeses after its own as its network says."),
    TRX_WITNESS_MISSING(Level.IN_CONTEXT, 0, "Each owner of an input has a witness."),
    TRX_WITNESS_UNUSED(Level.IN_CONTEXT, 0, "Each witness is an owner's of at least one input."),
    TRX_UNDERFUNDED(Level.IN_CONTEXT, 0, "The outputs are at most the inputs."),

    POL_KNOWN(Level.POLICY, 0, "The transaction is not already in the mempool."),
    POL_CONFIRMED(Level.POLICY, 0, "The transaction is not already in the stack."),
    POL_SIZE(Level.POLICY, 0, "A relayed transaction has at most 100,000 bytes."),
    POL_FEE_RATE(Level.POLICY, 0, "A transaction pays at least the relay fee of 1 crumb a byte."),
    POL_MEMPOOL_FULL(Level.POLICY, 0, "A full mempool takes only what pays more than what it would evict."),
    POL_ANCESTORS(Level.POLICY, 0, "A transaction has at most 25 unconfirmed ancestors."),
    POL_DESCENDANTS(Level.POLICY, 0, "No unconfirmed transaction has more than 25 descendants."),
    POL_REPLACE_RATE(Level.POLICY, 0, "A replacement pays a higher fee rate than each transaction it conflicts with."),
    POL_REPLACE_FEE(Level.POLICY, 0, "A replacement pays the fees of all it evicts and 1 crumb for each of its bytes."),
    POL_REPLACE_COUNT(Level.POLICY, 0, "A replacement evicts at most 100 transactions."),
    POL_REPLACE_INPUT(Level.POLICY, 0, "A replacement adds no unconfirmed input."),
    POL_ORPHANS(Level.POLICY, 0, "At most 100 transactions wait for an unknown parent."),
    POL_NOT_READY(Level.POLICY, 0, "The member is not ready for this now; ask again."),

    NET_FRAME_SIZE(Level.PROTOCOL, 100, "A frame is no larger than its message type allows at this point."),
    NET_HANDSHAKE(Level.PROTOCOL, 100, "Hello and Proof come first, once, and in this order."),
    NET_NETWORK(Level.PROTOCOL, 0, "Both ends are of the same network."),
    NET_PROOF(Level.PROTOCOL, 100, "The proof is a signature of the node key over this handshake."),
    NET_SELF(Level.PROTOCOL, 0, "A member does not talk to itself."),
    NET_DUPLICATE(Level.PROTOCOL, 0, "One connection for each node id."),
    NET_ROLE(Level.PROTOCOL, 0, "A tracker proves who answers and leaves."),
    NET_UNSOLICITED(Level.PROTOCOL, 20, "Answers come only where something was asked."),
    NET_HEADERS_CONNECT(Level.PROTOCOL, 20, "Headers follow one another."),
    NET_TIMEOUT(Level.PROTOCOL, 0, "An answer comes in time."),
    NET_RATE(Level.PROTOCOL, 10, "A peer keeps to the rate of messages and bytes."),
    NET_BANNED(Level.PROTOCOL, 0, "A banned peer stays away for an hour."),
    NET_SLOTS(Level.PROTOCOL, 0, "There is a free slot for one more connection."),
    NET_PEER_RECORD(Level.PROTOCOL, 20, "A peer record is signed by the node key that it names."),
    NET_SLOW(Level.PROTOCOL, 0, "A peer takes what it is sent before its queue is full."),

    WLT_WORDS(Level.WALLET, 0, "Recovery words are 12 to 24 of the BIP-39 English list, and their checksum fits."),
    WLT_PASSPHRASE(Level.WALLET, 0, "A sealed secret opens with its own passphrase, unaltered."),
    WLT_FUNDS(Level.WALLET, 0, "The spendable coins cover the amount and the fee."),
    WLT_COINS(Level.WALLET, 0, "The coins of a payment fit into 100,000 bytes."),
    WLT_FEE(Level.WALLET, 0, "A payment made here pays at most 10,000 crumbs a byte."),
    WLT_DUST(Level.WALLET, 0, "A payment gives its receiver more than spending it costs at the relay fee."),
    WLT_KEY(Level.WALLET, 0, "The wallet has the key of each coin that it is to spend."),
    WLT_GAP(Level.WALLET, 0, "At most 1,000 receiving addresses in a row are handed out unused."),
    WLT_DRAFT_INPUT(Level.WALLET, 0, "Each input of a draft is an output of a transaction that the draft carries."),
    WLT_DRAFT_COIN(Level.WALLET, 0,
            "A draft spends coins of its signer, and none but those that the signer agreed to."),
    WLT_DRAFT_CHANGE(Level.WALLET, 0, "A draft costs its signer at most what the signer agreed to."),
    WLT_DRAFT_OTHER(Level.WALLET, 0, "Drafts that are combined are of one payment."),
    WLT_ACKNOWLEDGED(Level.WALLET, 0, "Recovery words are shown until they are acknowledged, and then no more."),
    WLT_GIVEN_BACK(Level.WALLET, 0, "Words are acknowledged by three or more of them, each with its position."),
    WLT_RESTORE(Level.WALLET, 0, "Words are restored into a wallet that has neither coins nor a history."),
    WLT_LABEL(Level.WALLET, 0, "A label has 1 to 100 printable characters, and at most 1,000 addresses have one."),
    WLT_BUMP(Level.WALLET, 0,
            "A payment whose fee is raised waits for a cheese, is paid by the wallet alone, and no payment of the wallet builds on it."),
    WLT_IDEMPOTENCY(Level.WALLET, 0, "An idempotency key stands for one order.");

    /** How much one must know to check a rule. */
    public enum Level {
        /** Seen by the constructor or the decoder. */
        WELL_FORMED,
        /** Seen from the value alone, with no look-up. */
        STAND_ALONE,
        /** Needs the parent, the coins or the time. */
        IN_CONTEXT,
        /** Local to a member, not consensus. */
        POLICY,
        /** Between two peers. */
        PROTOCOL,
        /** Between an owner and the wallet. */
        WALLET
    }

    /** What a peer may collect before it is banned. */
    public static final int BAN_POINTS = 100;

    private final Level level;
    private final int penaltyPoints;
    private final String text;

    Rule(Level level, int penaltyPoints, String text) {
        this.level = level;
        this.penaltyPoints = penaltyPoints;
        this.text = text;
    }

    /** The stable id, as {@code HDR-TIME-ORDER}. */
    public String id() {
        return name().replace('_', '-');
    }

    /** The rule with this id, if there is one. */
    public static Optional<Rule> byId(String id) {
        return Arrays.stream(values()).filter(rule -> rule.id().equals(id)).findFirst();
    }

    /** How much one must know to check it. */
    public Level level() {
        return level;
    }

    /**
     * Points that a peer gets for sending what breaks this rule, {@link #BAN_POINTS} being a ban. Zero where an honest
     * peer can come to break it, as with anything that depends on what one has seen so far.
     */
    public int penaltyPoints() {
        return penaltyPoints;
    }

    /** The rule in one sentence. */
    public String text() {
        return text;
    }

    /** Where protocol.md explains it, as {@code protocol.md#hdr-time-order}. */
    public String anchor() {
        return "protocol.md#" + id().toLowerCase(Locale.ROOT);
    }
}
