package org.cheesecoin.member.persistence;

import org.cheesecoin.chain.consensus.Network;

/** Opens the loop's store, again after each failure. */
public final class StackStores {

    private final MemberDatabase database;

    StackStores(MemberDatabase database) {
        this.database = database;
    }

    /**
     * Opens the store as it was committed last. One at a time.
     *
     * @throws UnusableDatabase if the database is another network's
     */
    public StackStore open(Network network) {
        return database.openStore(network);
    }
}
