/**
 * The rules of the coin as pure functions: what every member must agree on.
 */
@NullMarked
package org.cheesecoin.chain.consensus;

import org.jspecify.annotations.NullMarked;
