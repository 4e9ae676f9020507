/** One network as a whole. */
@NullMarked
package org.cheesecoin.tracker.observatory;

import org.jspecify.annotations.NullMarked;
