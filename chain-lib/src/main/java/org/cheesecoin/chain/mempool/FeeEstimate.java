package org.cheesecoin.chain.mempool;

import java.util.ArrayList;
import java.util.List;

import org.cheesecoin.chain.cheese.FeeRate;

/**
 * What a payment made now should pay, as the mempool stands: cheeses are filled with what waits, best first, and the
 * rate is one crumb a byte above what would stand where the last of them is full. It knows nothing of what will come.
 *
 * @param minimum what this mempool takes at all, never below the relay rate
 * @param withinCheeses at index n the rate for being in one of the next n + 1 cheeses; falls or stays
 */
public record FeeEstimate(FeeRate minimum, List<FeeRate> withinCheeses) {

    /** How many cheeses are looked ahead. */
    public static final int CHEESES = 10;

    public FeeEstimate {
        withinCheeses = List.copyOf(withinCheeses);
    }

    /**
     * The rate for being in one of the next cheeses.
     *
     * @param cheeses at least 1; beyond {@link #CHEESES} counts as that
     */
    public FeeRate within(int cheeses) {
        return withinCheeses.get(Math.clamp(cheeses, 1, CHEESES) - 1);
    }

    static FeeEstimate of(Iterable<MempoolEntry> miningOrder, FeeRate minimum) {
        List<FeeRate> rates = new ArrayList<>(CHEESES);
        long filledBytes = 0;
        for (MempoolEntry entry : miningOrder) {
            filledBytes += entry.sizeBytes();
            while (rates.size() < CHEESES && filledBytes > (rates.size() + 1L) * CheeseTemplate.ROOM_BYTES) {
                rates.add(above(entry.miningRate(), minimum));
            }
            if (rates.size() == CHEESES) {
                break;
            }
        }
        while (rates.size() < CHEESES) {
            rates.add(minimum);
        }
        return new FeeEstimate(minimum, rates);
    }

    private static FeeRate above(FeeRate rate, FeeRate minimum) {
        FeeRate next = FeeRate.ofCrumbsPerByte(rate.feeCrumbs() / rate.sizeBytes() + 1);
        return next.compareTo(minimum) > 0 ? next : minimum;
    }
}
