package dev.steelyard.ranking;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * What is believed of an item's skill.
 *
 * @param mean finite, in the model's own unit
 * @param deviation standard deviation, above 0; NaN where the model gives none
 */
public record Rating(double mean, double deviation) {

    public Rating {
        if (!Double.isFinite(mean)) {
            throw new IllegalArgumentException("mean must be finite, not " + mean);
        }
        if (deviation <= 0 || Double.isInfinite(deviation)) {
            throw new IllegalArgumentException("deviation must be finite and above 0, not " + deviation);
        }
    }

    /** The mean less so many deviations; the mean itself where the model gives no deviation. */
    public double conservative(double deviations) {
        return Double.isNaN(deviation) ? mean : mean - deviations * deviation;
    }

    /** Lower end of the central interval that holds the skill with a probability, such as 0.95; NaN without deviation. */
    public double lower(double probability) {
        return mean - half(probability);
    }

    /** Upper end of that interval. */
    public double upper(double probability) {
        return mean + half(probability);
    }

    private double half(double probability) {
        if (!(probability > 0 && probability < 1)) {
            throw new IllegalArgumentException("probability must be in (0, 1), not " + probability);
        }
        return NormalDistribution.of(0, 1).inverseCumulativeProbability(0.5 + probability / 2) * deviation;
    }
}
