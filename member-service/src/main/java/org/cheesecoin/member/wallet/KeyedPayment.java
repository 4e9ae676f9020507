package org.cheesecoin.member.wallet;

import org.cheesecoin.chain.crypto.Hash256;

/**
 * A payment and the key that it was ordered under.
 *
 * @param key the caller's
 * @param orderDigest of the order: the same key with another order is refused
 * @param payment what was made
 */
record KeyedPayment(IdempotencyKey key, Hash256 orderDigest, MadePayment payment) {}
