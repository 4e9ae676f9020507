package org.cheesecoin.member.node;

import org.cheesecoin.member.settings.MemoryPlan;

/**
 * The loop's limits.
 *
 * @param mailboxTasks tasks that wait, of this member and of links each; whoever brings more waits itself
 * @param batchTasks tasks taken into one commit at most
 * @param groupMillis a commit waits so long at most for users' payments that are being checked, to take them along
 * @param catchUpFlushMillis while it catches up, a commit is put off for so long at most
 * @param catchUpFlushChanges and for so many changes at most
 * @param catchUpCheeses it catches up while a better tip is more than so many cheeses away
 * @param restartMillis pause before it tries again to start from a store that cannot be read, or after turns that fail
 *            one after another
 */
record LoopSettings(
        int mailboxTasks,
        int batchTasks,
        long groupMillis,
        long catchUpFlushMillis,
        int catchUpFlushChanges,
        int catchUpCheeses,
        long restartMillis) {

    static final LoopSettings DEFAULT = new LoopSettings(4_096, 1_024, 2, 5_000, 20_000, 2, 1_000);

    /** Of the share for frames. */
    private static final int MESSAGES_PART = 4;
    /** Decoded, a message takes about five times its frame. */
    private static final int DECODED_FACTOR = 5;

    /** Frames' bytes of what links sent and the loop has not handled yet; decoded, a quarter of the share for frames. */
    static long messageBytes(MemoryPlan plan) {
        return Math.max(1, plan.bytes(MemoryPlan.Share.FRAMES) / MESSAGES_PART / DECODED_FACTOR);
    }
}
