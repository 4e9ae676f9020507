package org.cheesecoin.chain.wire;

/** As what somebody speaks. Each role signs under a tag of its own. */
public enum Role {
    /** Keeps a Cheese Stack. */
    MEMBER,
    /** Probes whether a member answers, and leaves. */
    TRACKER
}
