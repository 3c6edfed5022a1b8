package dev.steelyard.online.wtb;

import java.util.Arrays;
import java.util.OptionalDouble;

/** How much each of the last m plays counts, the present one first. */
public final class MemoryWeights {

    private final double[] weights;
    private final double sum;
    private final OptionalDouble ratio;

    private MemoryWeights(double[] weights, OptionalDouble ratio) {
        if (weights.length == 0) {
            throw new IllegalArgumentException("there must be at least one weight, that of the present play");
        }
        for (double weight : weights) {
            if (!(weight >= 0) || Double.isInfinite(weight)) {
                throw new IllegalArgumentException("weights must be finite and at least 0, not " + weight);
            }
        }
        this.weights = weights.clone();
        // In the order in which tallies are summed, so that none is above it by rounding.
        double total = 0;
        for (double weight : weights) {
            total += weight;
        }
        this.sum = total;
        this.ratio = ratio;
    }

    /** Weights w_1, w_2, ..., w_m. */
    public static MemoryWeights of(double... weights) {
        return new MemoryWeights(weights, OptionalDouble.empty());
    }

    /** m weights of 1: the plain tallying bandit. */
    public static MemoryWeights uniform(int m) {
        double[] weights = new double[requireLength(m)];
        Arrays.fill(weights, 1);
        return new MemoryWeights(weights, OptionalDouble.of(1));
    }

    /** 1, rho, rho^2, ... */
    public static MemoryWeights geometric(int m, double rho) {
        double[] weights = new double[requireLength(m)];
        Arrays.setAll(weights, k -> Math.pow(rho, k));
        return new MemoryWeights(weights, OptionalDouble.of(rho));
    }

    /** 1, (m-1)/m, ..., 1/m. */
    public static MemoryWeights linear(int m) {
        double[] weights = new double[requireLength(m)];
        Arrays.setAll(weights, k -> (m - k) / (double) m);
        return new MemoryWeights(weights, OptionalDouble.empty());
    }

    private static int requireLength(int m) {
        if (m < 1) {
            throw new IllegalArgumentException("a memory must be at least 1 long, the present play, not " + m);
        }
        return m;
    }

    /** m. */
    public int length() {
        return weights.length;
    }

    /** W, the tally of an action that was played all the time. */
    public double sum() {
        return sum;
    }

    /** The ratio of each weight to the one before, if the weights were made by one, the first being 1. */
    OptionalDouble ratio() {
        return ratio;
    }

    /** The weight of the play so many rounds ago, 0 for the present one. */
    public double weight(int roundsAgo) {
        return weights[roundsAgo];
    }
}
