/** Measurements of whole programs: real member processes, real sockets, real disks. */
@NullMarked
package org.cheesecoin.benchmarks.whole;

import org.jspecify.annotations.NullMarked;
