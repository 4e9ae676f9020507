/**
 * What the tests of every room share: keys, payments, cheeses, a little world to mine in, and the public vectors.
 */
@NullMarked
package org.cheesecoin.chain.testing;

import org.jspecify.annotations.NullMarked;
