/** What a stranger can do to a member or a tracker: attacks over raw sockets, each bounded and ending by itself. */
@NullMarked
package org.cheesecoin.system.strangers;

import org.jspecify.annotations.NullMarked;
