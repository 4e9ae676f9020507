/**
 * The member as a state machine: inputs and the time go in, changes and outputs come out.
 */
@NullMarked
package org.cheesecoin.chain.node;

import org.jspecify.annotations.NullMarked;
