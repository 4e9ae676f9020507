/** Measurements of the coin's own code. */
@NullMarked
package org.cheesecoin.benchmarks;

import org.jspecify.annotations.NullMarked;
