/**
 * An end that is an end: a program that cannot serve any more notices it within seconds and ends, so that whatever started it
 * starts it again.
 */
@NullMarked
package org.cheesecoin.web.end;

import org.jspecify.annotations.NullMarked;
