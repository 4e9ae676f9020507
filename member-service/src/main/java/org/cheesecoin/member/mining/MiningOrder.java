package org.cheesecoin.member.mining;

/**
 * What the owner wants of the miner.
 *
 * @param schedule whether it mines
 * @param hashesPerSecond nonces to try in a second; 0 for all that this machine can
 */
public record MiningOrder(Schedule schedule, long hashesPerSecond) {

    /** Whether the schedule mines. */
    public enum Schedule {
        ON,
        OFF
    }
}
