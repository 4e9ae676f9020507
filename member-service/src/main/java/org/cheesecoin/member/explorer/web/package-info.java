/** HTTP calls for reading the stack. */
@NullMarked
package org.cheesecoin.member.explorer.web;

import org.jspecify.annotations.NullMarked;
