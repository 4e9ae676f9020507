/** A member of the network: node, miner, wallet and explorer in one process. */
@NullMarked
package org.cheesecoin.member;

import org.jspecify.annotations.NullMarked;
