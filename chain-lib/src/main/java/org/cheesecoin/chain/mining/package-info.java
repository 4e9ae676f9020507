/**
 * Looking for the nonce that makes a template a cheese.
 */
@NullMarked
package org.cheesecoin.chain.mining;

import org.jspecify.annotations.NullMarked;
