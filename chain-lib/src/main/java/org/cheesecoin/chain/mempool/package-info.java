/**
 * Transactions that wait for a cheese. Everything here is local policy, not consensus.
 */
@NullMarked
package org.cheesecoin.chain.mempool;

import org.jspecify.annotations.NullMarked;
