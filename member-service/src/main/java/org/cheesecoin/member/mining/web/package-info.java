/** HTTP calls to steer the miner. */
@NullMarked
package org.cheesecoin.member.mining.web;

import org.jspecify.annotations.NullMarked;
