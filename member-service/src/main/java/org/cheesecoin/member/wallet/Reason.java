package org.cheesecoin.member.wallet;

/**
 * Why a transaction is not confirmed.
 *
 * @param code for programs
 * @param text for people
 */
public record Reason(Code code, String text) {

    /** Kinds of reasons. */
    public enum Code {
        /** The next cheese will hold it. */
        NEXT_CHEESE,
        /** The mempool has not said anything yet. */
        CHECKING,
        /** Others pay the miner more for their bytes, and a cheese is full of them. */
        FEE_TOO_LOW,
        /** It spends what is not confirmed itself. */
        ANCESTORS_UNCONFIRMED,
        /** Nobody mines, or only on demand. */
        NO_CHEESE,
        /** A replacement took its place. */
        REPLACED,
        /** A cheese spends its coins otherwise. */
        CONFLICTED,
        /** The mempool let it go. */
        EVICTED,
        /** It breaks a rule since a reorganisation. */
        INVALID,
        /** Its cheese left the best branch. */
        REVERTED
    }
}
