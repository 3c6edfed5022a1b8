package dev.steelyard.core.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Curves over a common axis.
 *
 * @param title what it shows
 * @param xLabel what is on the horizontal axis, with its unit
 * @param yLabel what is on the vertical axis, with its unit
 * @param logarithmic whether the vertical axis is logarithmic
 * @param series one curve a method, each a mean with a band
 */
public record Chart(String title, String xLabel, String yLabel, boolean logarithmic, List<Series> series) {

    /**
     * One line of a chart.
     *
     * @param name the legend's text
     * @param x positions, in growing order
     * @param mean values, NaN where there is none
     * @param lower lower edge of the band, as long; equal to the mean where there is no band
     * @param upper upper edge of the band
     */
    public record Series(String name, double[] x, double[] mean, double[] lower, double[] upper) {

        public Series {
            if (mean.length != x.length || lower.length != x.length || upper.length != x.length) {
                throw new IllegalArgumentException("series '" + name + "' has arrays of unequal length");
            }
        }

        /** A single curve, without a band. */
        public static Series of(String name, Curve curve) {
            return new Series(name, curve.x(), curve.y(), curve.y(), curve.y());
        }

        /**
         * The mean of several repetitions' curves with the confidence interval at each point. Where a repetition has NaN
         * there is a gap.
         *
         * @throws IllegalArgumentException if there is no curve, or the curves have not the same x
         */
        public static Series ofRepetitions(String name, List<Curve> curves) {
            if (curves.isEmpty()) {
                throw new IllegalArgumentException("series '" + name + "' has no repetition; give at least one curve");
            }
            double[] x = curves.getFirst().x();
            double[] mean = new double[x.length];
            double[] lower = new double[x.length];
            double[] upper = new double[x.length];
            for (int i = 0; i < x.length; i++) {
                int at = i;
                for (Curve curve : curves) {
                    if (curve.x().length != x.length || curve.x()[at] != x[at]) {
                        throw new IllegalArgumentException(
                                "series '" + name + "': repetitions were measured at different x");
                    }
                }
                double[] values =
                        curves.stream().mapToDouble(curve -> curve.y()[at]).toArray();
                if (values.length == 1 || Arrays.stream(values).anyMatch(y -> !Double.isFinite(y))) {
                    mean[i] = Arrays.stream(values).average().orElseThrow();
                    lower[i] = mean[i];
                    upper[i] = mean[i];
                } else {
                    Interval interval = Interval.of(values);
                    mean[i] = interval.mean();
                    lower[i] = interval.lower();
                    upper[i] = interval.upper();
                }
            }
            return new Series(name, x, mean, lower, upper);
        }
    }

    public Chart {
        series = List.copyOf(series);
    }

    /** A chart without curves yet; add them with {@link #with}. */
    public static Chart titled(String title, String xLabel, String yLabel) {
        return new Chart(title, xLabel, yLabel, false, List.of());
    }

    /** The same chart with a logarithmic vertical axis. */
    public Chart onLogarithmicAxis() {
        return new Chart(title, xLabel, yLabel, true, series);
    }

    /** The same chart with one more curve. */
    public Chart with(Series more) {
        List<Series> all = new ArrayList<>(series);
        all.add(more);
        return new Chart(title, xLabel, yLabel, logarithmic, all);
    }
}
