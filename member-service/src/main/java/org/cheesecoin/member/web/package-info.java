/** Who may call an operation, what is published of it, and the limits of calls. */
@NullMarked
package org.cheesecoin.member.web;

import org.jspecify.annotations.NullMarked;
