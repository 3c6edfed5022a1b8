package dev.steelyard.online.oomdsea;

import dev.steelyard.online.convex.Vectors;

/**
 * What {@link DynamicOptimisticDescent} must know.
 *
 * @param gradientBound G, above 0
 * @param smoothness L, above 0; for linear losses take a small number such as G / (8 D), or the pool has no bound
 * @param horizon T, rounds in all or at most; at least 1
 * @param doubling whether to start anew with twice the horizon when it is over, for an unknown T
 */
public record DynamicOptions(double gradientBound, double smoothness, long horizon, boolean doubling) {

    public DynamicOptions {
        Vectors.requirePositive("gradientBound", gradientBound);
        Vectors.requirePositive("smoothness", smoothness);
        if (horizon < 1) {
            throw new IllegalArgumentException("horizon must be at least 1, not " + horizon);
        }
    }

    /** For a known number of rounds. */
    public DynamicOptions(double gradientBound, double smoothness, long horizon) {
        this(gradientBound, smoothness, horizon, false);
    }

    /** The step sizes of the pool: min(1 / (8 L), 2^(i-1) sqrt(D^2 / (8 G^2 T))), i = 1..N. */
    public double[] steps(double diameter, long rounds) {
        double span = gradientBound * gradientBound * rounds / (8 * smoothness * smoothness * diameter * diameter);
        int size = 2;
        // ceil(log2(span) / 2) + 1, by powers of four: a quotient of logarithms is off by rounding at some of them.
        for (double power = 4; power < span; power *= 4) {
            size++;
        }
        double first = Math.sqrt(diameter * diameter / (8 * gradientBound * gradientBound * rounds));
        double[] steps = new double[size];
        for (int i = 0; i < size; i++) {
            steps[i] = Math.min(1 / (8 * smoothness), Math.scalb(first, i));
        }
        return steps;
    }
}
