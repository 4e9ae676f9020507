package org.cheesecoin.member.peering;

import java.util.Optional;

import org.cheesecoin.chain.cheese.Smell;

/** Reads stored cheeses for peers, in their encoding, on a connection that is not the loop's. */
@FunctionalInterface
public interface BodySource {

    /** The encoding of a stored cheese, on whichever branch. */
    Optional<byte[]> encoded(Smell smell);
}
