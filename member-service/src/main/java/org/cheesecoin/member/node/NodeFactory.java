package org.cheesecoin.member.node;

import java.util.Optional;
import java.util.random.RandomGenerator;

import org.cheesecoin.chain.node.ChangeSpill;
import org.cheesecoin.chain.node.Node;
import org.cheesecoin.chain.node.NodeConfig;
import org.cheesecoin.member.persistence.MemberDatabase;
import org.cheesecoin.member.persistence.StackStore;
import org.cheesecoin.member.persistence.UnusableDatabase;

/** Opens the store and starts a node from it: at the start of the member, and again after a failed commit. */
final class NodeFactory {

    private final MemberDatabase database;
    private final NodeConfig config;
    private final RandomGenerator random;
    private final MemberClock clock;

    NodeFactory(MemberDatabase database, NodeConfig config, RandomGenerator random, MemberClock clock) {
        this.database = database;
        this.config = config;
        this.random = random;
        this.clock = clock;
    }

    /** The loop's store. */
    StackStore openStore() {
        return database.openStore(config.network());
    }

    /** What is wrong with the file of the database, where that is why something failed. */
    Optional<UnusableDatabase> trouble(Throwable failure) {
        return database.trouble(failure);
    }

    /** A node on this store, which hands its changes of the stack over while a step goes on. */
    Node start(StackStore store, ChangeSpill spill) {
        return new Node(config, store, store.loadMemory(clock.clockMillis()), random, spill, clock.now());
    }
}
