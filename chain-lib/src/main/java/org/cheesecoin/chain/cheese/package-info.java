/**
 * The values of the coin and their one canonical encoding. A constructor refuses what is malformed.
 */
@NullMarked
package org.cheesecoin.chain.cheese;

import org.jspecify.annotations.NullMarked;
