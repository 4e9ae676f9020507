package org.cheesecoin.tracker.registry;

/**
 * A limit for everything that a stranger can fill, and the pauses.
 *
 * @param leaseMillis how long a lease holds
 * @param clockToleranceMillis how far a signer's clock may be from the tracker's
 * @param maxNetworks networks with at least one lease
 * @param maxMembersPerNetwork leases of one network
 * @param maxLeases leases in all
 * @param maxUnprovedLeases leases in all that no dial has proved yet
 * @param maxLeasesPerAddress leases asked for from one address
 * @param maxRememberedIds ids whose last time is remembered, so that no signature is taken twice
 * @param dialPauseMillis least time between two dials of one target
 * @param memberDialMillis time between two dials of a member that answers
 * @param maxDialFailures failures in a row after which a listed member is dropped
 * @param maxDialTargets targets whose last dial is remembered
 */
public record RegistryLimits(
        long leaseMillis,
        long clockToleranceMillis,
        int maxNetworks,
        int maxMembersPerNetwork,
        int maxLeases,
        int maxUnprovedLeases,
        int maxLeasesPerAddress,
        int maxRememberedIds,
        long dialPauseMillis,
        long memberDialMillis,
        int maxDialFailures,
        int maxDialTargets) {

    /** The design's: a lease of 30 s, clocks within 60 s, a target dialled once in 10 s. */
    public static final RegistryLimits STANDARD = new RegistryLimits(
            30_000, 60_000, 64, 10_000, 20_000, 2_000, 500, 50_000, 10_000, 60_000, 3, 20_000);

    /** Every figure is positive. */
    public RegistryLimits {
        requirePositive(leaseMillis, clockToleranceMillis, maxNetworks, maxMembersPerNetwork, maxLeases,
                maxUnprovedLeases, maxLeasesPerAddress, maxRememberedIds, dialPauseMillis, memberDialMillis,
                maxDialFailures, maxDialTargets);
    }

    private static void requirePositive(long... figures) {
        for (long figure : figures) {
            if (figure <= 0) {
                throw new IllegalArgumentException("a limit is at least 1, not " + figure);
            }
        }
    }
}
