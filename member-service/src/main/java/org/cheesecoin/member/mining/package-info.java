/** The scheduled search for nonces. */
@NullMarked
package org.cheesecoin.member.mining;

import org.jspecify.annotations.NullMarked;
