/** The search for nonces, by schedule and on demand. */
@NullMarked
package org.cheesecoin.member.mining;

import org.jspecify.annotations.NullMarked;
