/** The wallet over HTTP, for its owner only. */
@NullMarked
package org.cheesecoin.member.wallet.web;

import org.jspecify.annotations.NullMarked;
