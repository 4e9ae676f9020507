/** The tracker: who is in the network, and how to reach them. */
@NullMarked
package org.cheesecoin.tracker;

import org.jspecify.annotations.NullMarked;
