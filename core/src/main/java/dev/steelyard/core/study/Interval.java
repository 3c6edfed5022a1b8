package dev.steelyard.core.study;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * A mean over seeds with its two-sided confidence interval (Student's t).
 *
 * @param mean the sample mean
 * @param lower lower end of the interval; minus infinity when one sample says nothing about the spread
 * @param upper upper end of the interval
 * @param samples number of samples; 0 for a quantity that is known exactly
 */
public record Interval(double mean, double lower, double upper, int samples) {

    /** The level of every interval in a report. */
    public static final double CONFIDENCE = 0.95;

    private static final double HUGE = 1e100;

    public Interval {
        if (Double.isNaN(mean) || Double.isNaN(lower) || Double.isNaN(upper)) {
            throw new IllegalArgumentException(
                    "an interval cannot hold NaN: mean " + mean + ", " + lower + " to " + upper);
        }
    }

    /**
     * The interval of the mean of independent samples, one a seed. With one sample it is the whole line, and so it is
     * around an infinite mean when one is infinite.
     *
     * @throws IllegalArgumentException if there is no sample, one is NaN, or there are infinite ones of both signs
     */
    public static Interval of(double... samples) {
        if (samples.length == 0) {
            throw new IllegalArgumentException("an interval needs at least one sample");
        }
        double largest = Arrays.stream(samples).map(Math::abs).max().orElseThrow();
        if (samples.length == 1 || Double.isInfinite(largest)) {
            double mean = Arrays.stream(samples).average().orElseThrow();
            return new Interval(mean, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, samples.length);
        }
        // A power of 2, which rounds nothing; without it the sum or the squares of huge samples overflow.
        double unit = largest > HUGE ? Math.scalb(1.0, Math.getExponent(largest)) : 1;
        double mean = Arrays.stream(samples).map(x -> x / unit).average().orElseThrow();
        double squares = Arrays.stream(samples)
                .map(x -> (x / unit - mean) * (x / unit - mean))
                .sum();
        double half = half(Math.sqrt(squares / (samples.length - 1)), samples.length);
        return new Interval(mean * unit, (mean - half) * unit, (mean + half) * unit, samples.length);
    }

    private static double half(double deviation, int samples) {
        double quantile = TDistribution.of(samples - 1).inverseCumulativeProbability(0.5 + CONFIDENCE / 2);
        return quantile * deviation / Math.sqrt(samples);
    }

    /**
     * The interval of the mean of independent samples that were summed up; the whole line of one sample.
     *
     * @param deviation of the sample, by one less than their number; not looked at where there is one
     * @param samples how many, at least 1
     */
    public static Interval ofMoments(double mean, double deviation, int samples) {
        if (samples < 1) {
            throw new IllegalArgumentException("an interval needs at least one sample");
        }
        double half = samples == 1 ? Double.POSITIVE_INFINITY : half(deviation, samples);
        return new Interval(mean, mean - half, mean + half, samples);
    }

    /** A quantity without chance in it, such as a count or the worst case of a deterministic run. */
    public static Interval exact(double value) {
        return new Interval(value, value, value, 0);
    }

    /** The interval of the mean of {@code a[i] - b[i]}: both were measured with the same seed. */
    public static Interval ofPairedDifference(double[] a, double[] b) {
        if (a.length != b.length) {
            throw new IllegalArgumentException("paired samples differ in number: " + a.length + " and " + b.length);
        }
        double[] difference = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            difference[i] = a[i] - b[i];
        }
        return of(difference);
    }
}
