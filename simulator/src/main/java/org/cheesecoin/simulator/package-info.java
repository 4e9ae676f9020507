/** Many members in one JVM, in virtual time. */
@NullMarked
package org.cheesecoin.simulator;

import org.jspecify.annotations.NullMarked;
