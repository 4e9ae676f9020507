package org.cheesecoin.simulator;

/** What must never happen has happened. The message names the member, the time and the seed's history so far. */
public final class InvariantBroken extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InvariantBroken(String message) {
        super(message);
    }
}
