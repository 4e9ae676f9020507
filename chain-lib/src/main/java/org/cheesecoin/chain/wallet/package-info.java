/**
 * Words, keys, the choice of coins, and the payments and drafts built from them.
 */
@NullMarked
package org.cheesecoin.chain.wallet;

import org.jspecify.annotations.NullMarked;
