package dev.steelyard.online.evaluate;

/**
 * An estimated mean loss with its 95 % interval by the normal distribution.
 *
 * @param standardError NaN below two decisions
 */
public record MeanEstimate(double mean, double standardError) {

    /** The quantile of the normal distribution for an interval of 95 %. */
    private static final double QUANTILE = 1.959963984540054;

    public double lower() {
        return mean - QUANTILE * standardError;
    }

    public double upper() {
        return mean + QUANTILE * standardError;
    }
}
