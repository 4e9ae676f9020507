/** Who may call what: reads are open, the owner's token does the rest, and what carries no mark is closed. */
@NullMarked
package org.cheesecoin.member.security;

import org.jspecify.annotations.NullMarked;
