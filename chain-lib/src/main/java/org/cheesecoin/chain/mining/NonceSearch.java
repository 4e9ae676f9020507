package org.cheesecoin.chain.mining;

import java.util.Optional;
import java.util.OptionalLong;

import org.cheesecoin.chain.cheese.CheeseHeader;
import org.cheesecoin.chain.consensus.Target;
import org.cheesecoin.chain.crypto.Hash256;

/** Looks for a nonce in bounded slices: no clock, no thread, and never more hashes than asked for. */
public final class NonceSearch {

    private NonceSearch() {}

    /**
     * Tries {@code count} nonces from {@code firstNonce} on, as unsigned numbers; after the last one comes zero.
     *
     * @param header what is mined; its own nonce says nothing
     * @param count how many hashes at most, zero or more
     * @return the header with the first nonce whose smell meets the target that it carries, or none in this slice
     */
    public static Optional<CheeseHeader> search(CheeseHeader header, long firstNonce, long count) {
        Hash256 bound = Target.ofCompact(header.compactTarget()).bound();
        OptionalLong nonce = new HeaderHasher(header.toBytes()).firstAtMost(bound, firstNonce, count);
        return nonce.isPresent() ? Optional.of(header.withNonce(nonce.getAsLong())) : Optional.empty();
    }
}
