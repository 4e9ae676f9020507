/** Whether members answer where they say: the tracker's own key, its dials, and their schedule. */
@NullMarked
package org.cheesecoin.tracker.liveness;

import org.jspecify.annotations.NullMarked;
