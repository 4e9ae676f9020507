/**
 * Hashes, Merkle trees, keys and signatures: what the coin is made of, before it is a coin.
 */
@NullMarked
package org.cheesecoin.chain.crypto;

import org.jspecify.annotations.NullMarked;
