package dev.steelyard.online.wtb;

import dev.steelyard.core.state.State;
import java.util.Arrays;

/** The recorded losses of each arm, how far their means may be off, and which arms they leave. */
final class PlateauStatistics {

    private static final String NAME = "plateau statistics";

    private final RepeatedExposureOptions options;
    private final double logTerm;
    private final double logThree;
    private final double[] sums;
    private final double[] squares;
    private final long[] counts;

    PlateauStatistics(RepeatedExposureOptions options) {
        this.options = options;
        this.logTerm = logTerm(options);
        this.logThree = Math.log(3) + logTerm;
        this.sums = new double[options.arms()];
        this.squares = new double[options.arms()];
        this.counts = new long[options.arms()];
    }

    /** ln(2 K max(1, log2 T)/delta). */
    static double logTerm(RepeatedExposureOptions options) {
        double logHorizon = Math.max(1, Math.log(options.horizon()) / Math.log(2));
        return Math.log(2.0 * options.arms() * logHorizon / options.delta());
    }

    void add(int arm, double loss) {
        sums[arm] += loss;
        squares[arm] += loss * loss;
        counts[arm]++;
    }

    void clear() {
        Arrays.fill(sums, 0);
        Arrays.fill(squares, 0);
        Arrays.fill(counts, 0);
    }

    long count(int arm) {
        return counts[arm];
    }

    double mean(int arm) {
        return counts[arm] == 0 ? Double.NaN : sums[arm] / counts[arm];
    }

    double radius(int arm) {
        long n = counts[arm];
        if (n == 0) {
            return Double.POSITIVE_INFINITY;
        }
        double radius = options.scale() * Math.sqrt(logTerm / (2 * n));
        if (!options.varianceAware()) {
            return radius;
        }
        double variance = Math.max(0, squares[arm] / n - mean(arm) * mean(arm));
        return Math.min(radius, Math.sqrt(2 * variance * logThree / n) + 3 * logThree / n);
    }

    /** Those of some arms that may be the best; arms without a recorded loss stay. */
    int[] survivors(int[] active) {
        double lowest = Double.POSITIVE_INFINITY;
        for (int arm : active) {
            if (counts[arm] > 0) {
                lowest = Math.min(lowest, mean(arm) + radius(arm));
            }
        }
        double bound = lowest;
        return Arrays.stream(active)
                .filter(arm -> counts[arm] == 0 || mean(arm) - radius(arm) <= bound)
                .toArray();
    }

    /** The arm of the lowest mean among some; the earliest on a tie, the first if none has a recorded loss. */
    int best(int[] active) {
        int best = active[0];
        for (int arm : active) {
            if (counts[arm] > 0 && (counts[best] == 0 || mean(arm) < mean(best))) {
                best = arm;
            }
        }
        return best;
    }

    State state() {
        return State.of(NAME).put("sums", sums).put("squares", squares).put("counts", counts);
    }

    Runnable load(State saved) {
        double[] savedSums = saved.require(NAME).doubles("sums", sums.length);
        double[] savedSquares = saved.doubles("squares", squares.length);
        long[] savedCounts = saved.integers("counts", counts.length);
        return () -> {
            System.arraycopy(savedSums, 0, sums, 0, sums.length);
            System.arraycopy(savedSquares, 0, squares, 0, squares.length);
            System.arraycopy(savedCounts, 0, counts, 0, counts.length);
        };
    }
}
