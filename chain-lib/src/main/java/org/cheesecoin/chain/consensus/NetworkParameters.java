package org.cheesecoin.chain.consensus;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.cheesecoin.chain.cheese.ByteWriter;
import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.cheese.TransactionOutput;
import org.cheesecoin.chain.crypto.Hash256;
import org.cheesecoin.chain.crypto.Sha256;

/**
 * Everything in which two networks may differ. Its hash is the parent smell of the Blue Cheese, so that two networks
 * with one different rule cannot share an id.
 *
 * @param name 1 to 32 characters, for people
 * @param blueTimeMillis time of the Blue Cheese
 * @param firstCompactTarget base target of cheeses 1 and 2, and what the Blue Cheese carries
 * @param retargeting whether the target follows the hash rate
 * @param spacingMillis intended time between cheeses
 * @param halfLifeMillis the base target doubles or halves when solve times are off by this much in all
 * @param easiestFactor the easiest target is the first one times this
 * @param onDemandMining whether an owner may ask a member for cheeses
 * @param coinbaseMaturity cheeses until a coinbase is spendable
 * @param firstSubsidyCrumbs what cheese 1 makes
 * @param halvingInterval cheeses until the subsidy halves
 * @param allocations what the Blue Cheese makes
 */
public record NetworkParameters(
        String name,
        long blueTimeMillis,
        int firstCompactTarget,
        Retargeting retargeting,
        long spacingMillis,
        long halfLifeMillis,
        int easiestFactor,
        OnDemandMining onDemandMining,
        int coinbaseMaturity,
        long firstSubsidyCrumbs,
        int halvingInterval,
        List<TransactionOutput> allocations) {

    /** Whether the target follows the hash rate. */
    public enum Retargeting {
        /** It stays the first one. */
        NONE,
        /** One step of aserti3-2d a cheese, eased within a stall. */
        STEPWISE
    }

    /** Whether an owner may ask a member for cheeses. */
    public enum OnDemandMining {
        /** Only the schedule mines. */
        REFUSED,
        /** {@code POST /mining/cheeses} mines at once. */
        ALLOWED
    }

    /** Most allocations of a Blue Cheese. */
    public static final int MAX_ALLOCATIONS = 1_000;

    /** Longest name, in characters. */
    public static final int MAX_NAME_CHARS = 32;

    private static final Sha256 PARAMETERS = Sha256.tagged("CheeseCoin/parameters");
    private static final int EASIEST_FACTOR = 1_024;
    private static final int MATURITY = 10;
    private static final int HALVING_INTERVAL = 1_500_000;
    private static final long FIRST_SUBSIDY_CRUMBS = 100_000_000;
    private static final long BLUE_TIME_MILLIS = 1_767_225_600_000L;
    private static final long SPACING_MILLIS = 10_000;
    private static final long HALF_LIFE_MILLIS = 300_000;
    /** 2^256 / this is about 1,500,000: ten seconds of 150,000 hashes a second. */
    private static final int LOCAL_TARGET = 0x1e0b_2f4f;
    private static final int TRIVIAL_TARGET = 0x207f_ffff;

    /**
     * Checks every range.
     *
     * @throws IllegalArgumentException naming the parameter, its value and its range
     */
    public NetworkParameters {
        allocations = List.copyOf(allocations);
        if (!name.matches("[a-z0-9-]{1," + MAX_NAME_CHARS + "}")) {
            throw new IllegalArgumentException("name must be 1 to 32 of a-z, 0-9 and -: " + name);
        }
        requireRange("blueTimeMillis", blueTimeMillis, 1, (1L << 53) - 1);
        requireRange("spacingMillis", spacingMillis, 1, 86_400_000);
        requireRange("halfLifeMillis", halfLifeMillis, 1, 1_000L * 86_400_000);
        requireRange("easiestFactor", easiestFactor, 1, 1 << 20);
        requireRange("coinbaseMaturity", coinbaseMaturity, 1, 1_000_000);
        requireRange("firstSubsidyCrumbs", firstSubsidyCrumbs, 0, 1_000_000 * FIRST_SUBSIDY_CRUMBS);
        requireRange("halvingInterval", halvingInterval, 1, Integer.MAX_VALUE);
        requireRange("allocations", allocations.size(), 0, MAX_ALLOCATIONS);
        if (Target.ofCompact(firstCompactTarget).value().signum() == 0) {
            throw new IllegalArgumentException("firstCompactTarget means no number above zero: " + firstCompactTarget);
        }
    }

    /** The network of {@code ./cheesecoin up}: about 150,000 hashes a second at first, a cheese every ten seconds. */
    public static NetworkParameters local() {
        return new NetworkParameters(
                "local",
                BLUE_TIME_MILLIS,
                LOCAL_TARGET,
                Retargeting.STEPWISE,
                SPACING_MILLIS,
                HALF_LIFE_MILLIS,
                EASIEST_FACTOR,
                OnDemandMining.REFUSED,
                MATURITY,
                FIRST_SUBSIDY_CRUMBS,
                HALVING_INTERVAL,
                List.of());
    }

    /** The network for tests, as Bitcoin's regtest: a trivial target that stays, and cheeses on demand. */
    public static NetworkParameters test() {
        return new NetworkParameters(
                "test",
                BLUE_TIME_MILLIS,
                TRIVIAL_TARGET,
                Retargeting.NONE,
                SPACING_MILLIS,
                HALF_LIFE_MILLIS,
                1,
                OnDemandMining.ALLOWED,
                MATURITY,
                FIRST_SUBSIDY_CRUMBS,
                HALVING_INTERVAL,
                List.of());
    }

    /** The same network but for what its Blue Cheese makes. */
    public NetworkParameters withAllocations(List<TransactionOutput> newAllocations) {
        return new NetworkParameters(
                name,
                blueTimeMillis,
                firstCompactTarget,
                retargeting,
                spacingMillis,
                halfLifeMillis,
                easiestFactor,
                onDemandMining,
                coinbaseMaturity,
                firstSubsidyCrumbs,
                halvingInterval,
                newAllocations);
    }

    /** The tagged hash of the canonical encoding of all parameters: the Blue Cheese's parent smell. */
    public Smell parametersHash() {
        byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
        ByteWriter writer = new ByteWriter(256);
        writer.u8(nameBytes.length).raw(nameBytes);
        writer.u64(blueTimeMillis).u32(firstCompactTarget).u8(retargeting.ordinal());
        writer.u64(spacingMillis).u64(halfLifeMillis).u32(easiestFactor).u8(onDemandMining.ordinal());
        writer.u32(coinbaseMaturity).u64(firstSubsidyCrumbs).u32(halvingInterval);
        writer.u16(allocations.size());
        for (TransactionOutput allocation : allocations) {
            writer.u64(allocation.amount().crumbs());
            allocation.address().write(writer);
        }
        Hash256 hash = PARAMETERS.of(writer.toBytes());
        return new Smell(hash);
    }

    private static void requireRange(String parameter, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    parameter + " must be from " + least + " to " + most + ", not " + value);
        }
    }
}
