/** The member's wallet: keys under a passphrase, coins followed on the loop, payments, history. */
@NullMarked
package org.cheesecoin.member.wallet;

import org.jspecify.annotations.NullMarked;
