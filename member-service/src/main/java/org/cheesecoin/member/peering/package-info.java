/** Links to other members and to trackers. */
@NullMarked
package org.cheesecoin.member.peering;

import org.jspecify.annotations.NullMarked;
