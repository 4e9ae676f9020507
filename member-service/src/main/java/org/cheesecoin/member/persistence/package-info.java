/**
 * The member's database. {@link org.cheesecoin.member.persistence.StackStore} is the loop's: it reads and writes on a
 * connection of its own. Everybody else reads what is committed.
 */
@NullMarked
package org.cheesecoin.member.persistence;

import org.jspecify.annotations.NullMarked;
