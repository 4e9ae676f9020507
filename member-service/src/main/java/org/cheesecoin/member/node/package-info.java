/**
 * The loop: one thread that owns the node, commits what it changes, and only then does what it wants done.
 */
@NullMarked
package org.cheesecoin.member.node;

import org.jspecify.annotations.NullMarked;
