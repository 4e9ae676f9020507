package org.cheesecoin.member.wallet;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import org.cheesecoin.member.node.LoopAccess;

/** How the wallet comes back to the loop: {@code Mailbox::call}, or a test's. */
@FunctionalInterface
interface OnLoop {

    /** Has this done on the loop; completed after the commit. */
    <T> CompletableFuture<T> call(Function<LoopAccess, T> work);
}
