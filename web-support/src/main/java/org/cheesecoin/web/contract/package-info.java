/**
 * What the published contract of a service says of itself, so that programs can be made from it: which fields are always
 * there, what a page may hold. It is derived from the code that answers, at one place for all operations.
 */
@NullMarked
package org.cheesecoin.web.contract;

import org.jspecify.annotations.NullMarked;
