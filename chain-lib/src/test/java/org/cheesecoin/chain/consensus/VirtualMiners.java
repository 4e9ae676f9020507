package org.cheesecoin.chain.consensus;

import java.util.List;
import java.util.Random;

import org.cheesecoin.chain.cheese.CheeseHeader;
import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.crypto.Hash256;

/**
 * Miners of equal hash rate whose clocks are off, in virtual time. Each puts its own clock into its header, or one
 * millisecond after the parent where that is later, and renews time and target all the time as it searches.
 */
final class VirtualMiners {

    private static final double ALL_HASHES = Math.pow(2, 256);

    private final NetworkParameters parameters;
    private final Random random;
    private final List<Long> clocksOffMillis;
    private double hashesPerMilli;
    private StackedHeader tip;
    private double nowMillis;

    VirtualMiners(NetworkParameters parameters, int seed, List<Long> clocksOffMillis, double hashesPerSecond) {
        this.parameters = parameters;
        this.random = new Random(seed);
        this.clocksOffMillis = clocksOffMillis;
        this.tip = Network.of(parameters).root();
        this.nowMillis = tip.header().timeMillis() + 60_000;
        hashRate(hashesPerSecond);
    }

    /** All of them together. */
    void hashRate(double hashesPerSecond) {
        this.hashesPerMilli = hashesPerSecond / 1_000;
    }

    /** Nobody mines for so long. */
    void sleep(long millis) {
        nowMillis += millis;
    }

    double meanSpacingMillis(int cheeses) {
        double start = nowMillis;
        mine(cheeses);
        return (nowMillis - start) / cheeses;
    }

    double longestWaitMillis(int cheeses) {
        double longest = 0;
        for (int i = 0; i < cheeses; i++) {
            longest = Math.max(longest, meanSpacingMillis(1));
        }
        return longest;
    }

    void mine(int cheeses) {
        for (int i = 0; i < cheeses; i++) {
            double foundMillis = Double.MAX_VALUE;
            long finderOffMillis = 0;
            for (long clockOffMillis : clocksOffMillis) {
                double millis = foundAt(clockOffMillis);
                if (millis < foundMillis) {
                    foundMillis = millis;
                    finderOffMillis = clockOffMillis;
                }
            }
            nowMillis = foundMillis;
            stack(headerTime(finderOffMillis, nowMillis));
        }
    }

    /** The number of misses before a hit has no memory: spend one exponential draw, at the target of each moment. */
    private double foundAt(long clockOffMillis) {
        double left = -Math.log(1 - random.nextDouble());
        double at = nowMillis;
        long easingMillis = Difficulty.EASING_SPACINGS * parameters.spacingMillis();
        long parentMillis = tip.header().timeMillis();
        while (true) {
            long timeMillis = headerTime(clockOffMillis, at);
            double target = Difficulty.targetAbove(tip, timeMillis, parameters).value().doubleValue();
            double hitsPerMilli = hashesPerMilli / clocksOffMillis.size() * target / ALL_HASHES;
            long steps = (timeMillis - parentMillis) / easingMillis;
            double easedAt = parentMillis + (steps + 1) * easingMillis - clockOffMillis;
            if (left <= (easedAt - at) * hitsPerMilli) {
                return at + left / hitsPerMilli;
            }
            left -= (easedAt - at) * hitsPerMilli;
            at = easedAt;
        }
    }

    private long headerTime(long clockOffMillis, double atMillis) {
        return Math.max((long) Math.floor(atMillis) + clockOffMillis, tip.header().timeMillis() + 1);
    }

    private void stack(long timeMillis) {
        CheeseHeader header = new CheeseHeader(
                CheeseHeader.VERSION,
                tip.height() + 1,
                tip.smell(),
                Hash256.ZERO,
                timeMillis,
                Difficulty.targetAbove(tip, timeMillis, parameters).compact(),
                0);
        tip = tip.child(header, new Smell(Hash256.ZERO), parameters);
    }
}
