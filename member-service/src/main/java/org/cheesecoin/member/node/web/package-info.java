/** HTTP calls that speak to the loop: submit, mempool, fees, peers, and the stream of events. */
@NullMarked
package org.cheesecoin.member.node.web;

import org.jspecify.annotations.NullMarked;
