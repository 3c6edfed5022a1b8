package dev.steelyard.ranking.dla;

import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * Options of {@link DualLearner}.
 *
 * @param positions N, places with a propensity of their own; longer lists are cut; default 10
 * @param rankRate learning rate of the ranker; default .05
 * @param propensityRate learning rate of the propensities; default .5: the paper's code has .05, with which a logit a
 *     place is still far off after thousands of steps
 * @param largestNorm each gradient is clipped to this norm; default 5
 * @param largestWeight cut of the inverse propensity weights; default none
 * @param loss default softmax
 * @param previousClicks whether a look may depend on the clicks above, by the paper's network instead of a logit a place;
 *     .05 is the better propensity rate then; default false
 * @param l2 strength of an L2 penalty l2/2 |theta|^2 on both models; default 0
 * @param stepRule default Adagrad
 */
@RecordBuilder
public record DualOptions(
        int positions,
        double rankRate,
        double propensityRate,
        double largestNorm,
        double largestWeight,
        ClickLoss loss,
        boolean previousClicks,
        double l2,
        StepRule stepRule) {

    public static final DualOptions DEFAULT =
            new DualOptions(10, .05, .5, 5, Double.POSITIVE_INFINITY, ClickLoss.SOFTMAX, false, 0, StepRule.ADAGRAD);

    public DualOptions {
        if (positions < 2) {
            throw new IllegalArgumentException("positions must be at least 2, not " + positions);
        }
        requireFinite("rankRate", rankRate);
        requireFinite("propensityRate", propensityRate);
        requirePositive("largestNorm", largestNorm);
        requirePositive("largestWeight", largestWeight);
        if (!(l2 >= 0) || Double.isInfinite(l2)) {
            throw new IllegalArgumentException("l2 must be finite and at least 0, not " + l2);
        }
        if (loss == null || stepRule == null) {
            throw new IllegalArgumentException("loss and stepRule must be given, not " + loss + " and " + stepRule);
        }
    }

    private static void requireFinite(String name, double value) {
        requirePositive(name, value);
        if (Double.isInfinite(value)) {
            throw new IllegalArgumentException(name + " must be finite, not " + value);
        }
    }

    private static void requirePositive(String name, double value) {
        if (!(value > 0)) {
            throw new IllegalArgumentException(name + " must be positive, not " + value);
        }
    }

    GradientSteps rankSteps(int parameters) {
        return new GradientSteps(parameters, stepRule, rankRate, largestNorm, l2);
    }

    GradientSteps propensitySteps(int parameters) {
        return new GradientSteps(parameters, stepRule, propensityRate, largestNorm, l2);
    }

    PropensityModel propensityModel() {
        return previousClicks ? new BrowsingPropensity(this) : new PlacePropensity(this);
    }
}
