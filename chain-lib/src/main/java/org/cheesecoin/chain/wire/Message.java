package org.cheesecoin.chain.wire;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.CheeseHeader;
import org.cheesecoin.chain.cheese.Coinbase;
import org.cheesecoin.chain.cheese.FullId;
import org.cheesecoin.chain.cheese.MalformedException;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.chain.crypto.Hash256;
import org.cheesecoin.chain.crypto.Signature;

/** What members say to each other. Lists are copied; their limits are {@link WireLimits}'s, kept by the codec. */
public sealed interface Message {

    /**
     * First word of both sides.
     *
     * @param role as what it speaks
     * @param protocolVersion {@link WireLimits#PROTOCOL_VERSION}
     * @param networkId of which network
     * @param nodeId who it says it is; the proof follows
     * @param challenge 32 random bytes
     * @param listenUrl where it can be dialled, if it can
     * @param work of its best branch, from 0 to 2^256 - 1: a hint, since only checked headers count
     * @param height of its tip: a hint
     */
    record Hello(
            Role role,
            int protocolVersion,
            Smell networkId,
            NodeId nodeId,
            Hash256 challenge,
            Optional<GossipUrl> listenUrl,
            BigInteger work,
            int height)
            implements Message {

        /**
         * Checks ENC-VALUE.
         *
         * @throws MalformedException if the work or the height is out of its range
         */
        public Hello {
            if (work.signum() < 0 || work.bitLength() > 8 * Hash256.BYTES) {
                throw WireFields.badValue("work", work);
            }
            if (height < 0) {
                throw WireFields.badValue("height", Integer.toUnsignedString(height));
            }
        }
    }

    /**
     * Second word of both sides: {@link Proofs#handshakeDigest} signed by the node key.
     *
     * @param signature the signature
     */
    record Proof(Signature signature) implements Message {}

    /**
     * Asks for the headers above the first smell that the receiver has on its best branch.
     *
     * @param locator smells from the tip down: ten dense, then at doubling distance, the Blue Cheese last
     */
    record GetHeaders(List<Smell> locator) implements Message {
        public GetHeaders {
            locator = List.copyOf(locator);
        }
    }

    /**
     * Headers in ascending order, each the parent of the next. Sent as an answer, and to announce a tip.
     *
     * @param headers none where there is nothing above the locator
     */
    record Headers(List<CheeseHeader> headers) implements Message {
        public Headers {
            headers = List.copyOf(headers);
        }
    }

    /**
     * Asks for whole cheeses.
     *
     * @param smells which
     */
    record GetCheeses(List<Smell> smells) implements Message {
        public GetCheeses {
            smells = List.copyOf(smells);
        }
    }

    /**
     * One whole cheese.
     *
     * @param cheese it
     */
    record CheeseBody(Cheese cheese) implements Message {}

    /**
     * Announces transactions.
     *
     * @param fullIds which
     */
    record Have(List<FullId> fullIds) implements Message {
        public Have {
            fullIds = List.copyOf(fullIds);
        }
    }

    /**
     * Asks for transactions.
     *
     * @param fullIds which
     */
    record GetTransactions(List<FullId> fullIds) implements Message {
        public GetTransactions {
            fullIds = List.copyOf(fullIds);
        }
    }

    /**
     * Transactions that were asked for.
     *
     * @param payments they
     */
    record Transactions(List<Payment> payments) implements Message {
        public Transactions {
            payments = List.copyOf(payments);
        }
    }

    /**
     * A new cheese without the transactions that the receiver has already.
     *
     * @param header its header
     * @param salt the sender's, for the short ids
     * @param coinbase its coinbase, which nobody has yet
     * @param shortIds one for each other transaction, in order: see {@link ShortIds}
     */
    record CompactCheese(CheeseHeader header, long salt, Coinbase coinbase, List<Long> shortIds) implements Message {
        public CompactCheese {
            shortIds = List.copyOf(shortIds);
        }
    }

    /**
     * Asks for those transactions of a compact cheese that are not here.
     *
     * @param smell of which cheese
     * @param indexes positions in the cheese, strictly ascending from 1 on: the coinbase, 0, was in the compact cheese
     */
    record GetCheeseTransactions(Smell smell, List<Integer> indexes) implements Message {
        public GetCheeseTransactions {
            indexes = List.copyOf(indexes);
        }
    }

    /**
     * The answer to it.
     *
     * @param smell of which cheese
     * @param payments those asked for, in that order
     */
    record CheeseTransactions(Smell smell, List<Payment> payments) implements Message {
        public CheeseTransactions {
            payments = List.copyOf(payments);
        }
    }

    /** Asks for addresses of members. */
    record GetPeers() implements Message {}

    /**
     * Addresses of members.
     *
     * @param words each one's own signed word
     */
    record Peers(List<PeerWord> words) implements Message {
        public Peers {
            words = List.copyOf(words);
        }

        /** Of these records. */
        public static Peers of(List<PeerRecord> records) {
            return new Peers(List.copyOf(records));
        }

        /** Those that can be dialled. */
        public List<PeerRecord> records() {
            return words.stream().filter(PeerRecord.class::isInstance).map(PeerRecord.class::cast).toList();
        }

        /** Those that cannot. */
        public List<UnusableRecord> unusable() {
            return words.stream().filter(UnusableRecord.class::isInstance).map(UnusableRecord.class::cast).toList();
        }
    }

    /**
     * Asks for a sign of life.
     *
     * @param nonce any number
     */
    record Ping(long nonce) implements Message {}

    /**
     * Gives it.
     *
     * @param nonce the ping's
     * @param timeMillis the sender's clock, from which the receiver learns how far its own is off
     */
    record Pong(long nonce, long timeMillis) implements Message {

        /**
         * Checks ENC-VALUE.
         *
         * @throws MalformedException if the time is not from 0 to 2^53 - 1
         */
        public Pong {
            WireFields.requireTime("timeMillis", timeMillis);
        }
    }

    /**
     * What was asked for is not here.
     *
     * @param hashes smells or full ids of the question
     */
    record NotFound(List<Hash256> hashes) implements Message {
        public NotFound {
            hashes = List.copyOf(hashes);
        }
    }

    /**
     * What was sent breaks a rule.
     *
     * @param rule which
     * @param subject the smell or full id of what breaks it, all zeros where it has none
     * @param explanation the violation's line, for people: printable ASCII, at most {@link
     *     WireLimits#MAX_EXPLANATION_CHARS}; what is longer is cut, any other character becomes a question mark
     */
    record Reject(Rule rule, Hash256 subject, String explanation) implements Message {

        /** Brings the explanation into its form. */
        public Reject {
            explanation = Printable.cut(explanation, WireLimits.MAX_EXPLANATION_CHARS);
        }

        /** Of this violation. */
        public static Reject of(Violation violation, Hash256 subject) {
            return new Reject(violation.rule(), subject, violation.message());
        }
    }
}
