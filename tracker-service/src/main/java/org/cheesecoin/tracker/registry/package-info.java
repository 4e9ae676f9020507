/** The leases of the members: pure, with the time as an argument. */
@NullMarked
package org.cheesecoin.tracker.registry;

import org.jspecify.annotations.NullMarked;
