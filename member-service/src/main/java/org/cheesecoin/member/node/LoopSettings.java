package org.cheesecoin.member.node;

/**
 * The loop's limits.
 *
 * @param mailboxTasks tasks that wait; whoever brings more waits itself
 * @param batchTasks tasks taken into one commit at most
 * @param catchUpFlushMillis while it catches up, a commit is put off for so long at most
 * @param catchUpFlushChanges and for so many changes at most
 * @param catchUpCheeses it catches up while a better tip is more than so many cheeses away
 */
record LoopSettings(
        int mailboxTasks, int batchTasks, long catchUpFlushMillis, int catchUpFlushChanges, int catchUpCheeses) {

    static final LoopSettings DEFAULT = new LoopSettings(4_096, 1_024, 1_000, 20_000, 2);
}
