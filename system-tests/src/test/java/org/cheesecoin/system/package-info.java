/** Real processes, started through the launcher as a person would, watched and attacked over real sockets. */
@NullMarked
package org.cheesecoin.system;

import org.jspecify.annotations.NullMarked;
