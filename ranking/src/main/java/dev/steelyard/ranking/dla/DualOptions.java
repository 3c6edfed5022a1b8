package dev.steelyard.ranking.dla;

import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * Options of {@link DualLearner}.
 *
 * @param positions N, places with a propensity of their own; longer lists are cut; default 10
 * @param rankRate learning rate of the ranker; default .05
 * @param propensityRate learning rate of the places' logits; default .5: the paper's code has .05, with which they are
 *     still far off after thousands of steps
 * @param largestNorm each gradient is clipped to this norm; default 5
 * @param largestWeight cut of the inverse propensity weights; default none
 */
@RecordBuilder
public record DualOptions(
        int positions, double rankRate, double propensityRate, double largestNorm, double largestWeight) {

    public static final DualOptions DEFAULT = new DualOptions(10, .05, .5, 5, Double.POSITIVE_INFINITY);

    public DualOptions {
        if (positions < 2) {
            throw new IllegalArgumentException("positions must be at least 2, not " + positions);
        }
        requirePositive("rankRate", rankRate);
        requirePositive("propensityRate", propensityRate);
        requirePositive("largestNorm", largestNorm);
        requirePositive("largestWeight", largestWeight);
    }

    private static void requirePositive(String name, double value) {
        if (!(value > 0)) {
            throw new IllegalArgumentException(name + " must be positive, not " + value);
        }
    }
}
