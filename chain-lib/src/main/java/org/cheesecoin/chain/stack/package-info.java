/**
 * The Cheese Stack: best branch, side branches and reorganisations over a store that somebody else keeps.
 */
@NullMarked
package org.cheesecoin.chain.stack;

import org.jspecify.annotations.NullMarked;
