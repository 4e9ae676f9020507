package org.cheesecoin.member.persistence;

import java.util.Arrays;
import java.util.Optional;

import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.consensus.Network;
import org.cheesecoin.chain.crypto.Hash256;

/** Keeps a database with its network. */
final class NetworkGuard {

    private record Owner(byte[] networkId, String name) {}

    private NetworkGuard() {}

    /** The id of the network that the database has, none if it is new. */
    static Optional<Smell> check(Session session, Network network) {
        Optional<Owner> owner = session.first("SELECT network_id, network_name FROM stack_state WHERE id = 1",
                row -> new Owner(row.getBytes(1), row.getString(2)));
        if (owner.isPresent() && !Arrays.equals(owner.get().networkId(), Rows.bytes(network.id()))) {
            throw UnusableDatabase.untilMended(
                    "this database holds the network '%s' (%s), not '%s' (%s): choose another data folder or database"
                            .formatted(
                                    owner.get().name(), new Smell(Hash256.of(owner.get().networkId())),
                                    network.parameters().name(), network.id()));
        }
        return owner.map(it -> new Smell(Hash256.of(it.networkId())));
    }

    static void claim(Session session, Network network) {
        session.update("INSERT INTO stack_state (id, network_id, network_name) VALUES (1, ?, ?)",
                Rows.bytes(network.id()), network.parameters().name());
    }
}
