/** What the owner may set, checked at the start; the data folder; the network that a member is of. */
@NullMarked
package org.cheesecoin.member.settings;

import org.jspecify.annotations.NullMarked;
