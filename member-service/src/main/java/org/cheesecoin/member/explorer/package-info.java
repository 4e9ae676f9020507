/** What a person may read of the stack: cheeses, transactions, addresses, and how the member is. */
@NullMarked
package org.cheesecoin.member.explorer;

import org.jspecify.annotations.NullMarked;
