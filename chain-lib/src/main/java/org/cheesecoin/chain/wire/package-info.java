/**
 * What members say to each other, and its bounded codec.
 */
@NullMarked
package org.cheesecoin.chain.wire;

import org.jspecify.annotations.NullMarked;
