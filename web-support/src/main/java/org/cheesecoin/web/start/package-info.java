/**
 * The start of a service: what its owner has to mend before it can start is said in one line that names the setting or the
 * file, and the status of the process says whether starting it again may help.
 */
@NullMarked
package org.cheesecoin.web.start;

import org.jspecify.annotations.NullMarked;
