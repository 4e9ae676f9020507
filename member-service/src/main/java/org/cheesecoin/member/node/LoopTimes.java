package org.cheesecoin.member.node;

import java.util.OptionalLong;

/**
 * How long a turn of the loop took.
 *
 * @param tasks how many it handled; 0 where only a tick was due
 * @param handlingNanos for the handling of tasks and tick, in nanoseconds, without what it waited for
 * @param commitNanos for the flushed commit; none where there was nothing to write, or it was put off
 */
public record LoopTimes(int tasks, long handlingNanos, OptionalLong commitNanos) {}
