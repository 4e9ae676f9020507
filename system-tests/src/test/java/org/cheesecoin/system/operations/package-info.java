/** What {@code ops/} watches, held against the one list of metrics. */
@NullMarked
package org.cheesecoin.system.operations;

import org.jspecify.annotations.NullMarked;
