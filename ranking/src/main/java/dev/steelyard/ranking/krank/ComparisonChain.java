package dev.steelyard.ranking.krank;

import java.util.Arrays;

/**
 * The messages of {@link ExpectationPropagation} for one ballot. A comparison k says that performance {@code upper[k]}
 * is above performance {@code lower[k]}, or tied with it; it keeps one Gaussian message up to each of the two, as a
 * precision and a precision times mean.
 */
final class ComparisonChain implements BallotUpdate {

    private final double dynamicsVariance;
    private final double drawQuantile;
    private final double tolerance;
    private final int sweeps;

    private int[] order = new int[8];
    private double[] priorPrecision = new double[8];
    private double[] priorWeighted = new double[8];
    private double[] sumPrecision = new double[8];
    private double[] sumWeighted = new double[8];

    private int comparisons;
    private int[] upper = new int[8];
    private int[] lower = new int[8];
    private boolean[] tied = new boolean[8];
    private double[] margin = new double[8];
    private double[] upperPrecision = new double[8];
    private double[] upperWeighted = new double[8];
    private double[] lowerPrecision = new double[8];
    private double[] lowerWeighted = new double[8];

    ComparisonChain(ExpectationPropagation options) {
        dynamicsVariance = options.dynamics() * options.dynamics();
        drawQuantile = options.drawQuantile();
        tolerance = options.tolerance();
        sweeps = options.sweeps();
    }

    @Override
    public void apply(double[] mean, double[] variance, double[] noiseVariance, int[] rank, int size) {
        begin(mean, variance, noiseVariance, size);
        sortByRank(rank, size);
        comparisons = 0;
        if (drawQuantile > 0) {
            compareNeighbours(rank, noiseVariance, size);
        } else {
            compareGroups(rank, size);
        }
        sweep();
        finish(mean, variance, noiseVariance, size);
    }

    private void begin(double[] mean, double[] variance, double[] noiseVariance, int size) {
        if (size > order.length) {
            order = new int[size];
            priorPrecision = new double[size];
            priorWeighted = new double[size];
            sumPrecision = new double[size];
            sumWeighted = new double[size];
        }
        for (int i = 0; i < size; i++) {
            variance[i] += dynamicsVariance;
            priorPrecision[i] = 1 / (variance[i] + noiseVariance[i]);
            priorWeighted[i] = mean[i] * priorPrecision[i];
            sumPrecision[i] = 0;
            sumWeighted[i] = 0;
        }
    }

    /** Insertion: a ballot is short, and items of one rank keep the ballot's order. */
    private void sortByRank(int[] rank, int size) {
        for (int i = 0; i < size; i++) {
            int at = i;
            while (at > 0 && rank[order[at - 1]] > rank[i]) {
                order[at] = order[at - 1];
                at--;
            }
            order[at] = i;
        }
    }

    private void compareNeighbours(int[] rank, double[] noiseVariance, int size) {
        for (int k = 0; k + 1 < size; k++) {
            int first = order[k];
            int second = order[k + 1];
            double width = drawQuantile * Math.sqrt(noiseVariance[first] + noiseVariance[second]);
            compare(first, second, rank[first] == rank[second], width);
        }
    }

    private void compareGroups(int[] rank, int size) {
        int start = 0;
        int end = groupEnd(rank, start, size);
        while (end < size) {
            int nextEnd = groupEnd(rank, end, size);
            for (int i = start; i < end; i++) {
                for (int j = end; j < nextEnd; j++) {
                    compare(order[i], order[j], false, 0);
                }
            }
            start = end;
            end = nextEnd;
        }
    }

    private int groupEnd(int[] rank, int start, int size) {
        int end = start;
        while (end < size && rank[order[end]] == rank[order[start]]) {
            end++;
        }
        return end;
    }

    private void compare(int first, int second, boolean tie, double width) {
        int k = comparisons++;
        if (k == upper.length) {
            int room = 2 * k;
            upper = Arrays.copyOf(upper, room);
            lower = Arrays.copyOf(lower, room);
            tied = Arrays.copyOf(tied, room);
            margin = Arrays.copyOf(margin, room);
            upperPrecision = new double[room];
            upperWeighted = new double[room];
            lowerPrecision = new double[room];
            lowerWeighted = new double[room];
        }
        upper[k] = first;
        lower[k] = second;
        tied[k] = tie;
        margin[k] = width;
    }

    private void sweep() {
        Arrays.fill(upperPrecision, 0, comparisons, 0);
        Arrays.fill(upperWeighted, 0, comparisons, 0);
        Arrays.fill(lowerPrecision, 0, comparisons, 0);
        Arrays.fill(lowerWeighted, 0, comparisons, 0);
        // Sending twice in a row changes nothing, so each sweep leaves out the comparison that the last one ended with.
        int from = 0;
        for (int sweep = 0; sweep < sweeps; sweep++) {
            double change = 0;
            for (int k = from; k < comparisons; k++) {
                change = Math.max(change, send(k));
            }
            for (int k = comparisons - 2; k >= 0; k--) {
                change = Math.max(change, send(k));
            }
            if (change < tolerance || comparisons <= 1) {
                return;
            }
            from = 1;
        }
    }

    /** Sends both messages of a comparison anew; gives the largest change of a number. */
    private double send(int k) {
        int first = upper[k];
        int second = lower[k];
        double precision1 = priorPrecision[first] + (sumPrecision[first] - upperPrecision[k]);
        double precision2 = priorPrecision[second] + (sumPrecision[second] - lowerPrecision[k]);
        double mean1 = (priorWeighted[first] + (sumWeighted[first] - upperWeighted[k])) / precision1;
        double mean2 = (priorWeighted[second] + (sumWeighted[second] - lowerWeighted[k])) / precision2;
        double variance1 = 1 / precision1;
        double variance2 = 1 / precision2;
        double difference = mean1 - mean2;
        double total = variance1 + variance2;
        double deviation = Math.sqrt(total);

        double v;
        double w;
        if (tied[k]) {
            double x = difference / deviation;
            double width = margin[k] / deviation;
            v = TruncatedGaussian.drawV(x, width);
            w = TruncatedGaussian.drawW(x, width);
        } else {
            double x = (difference - margin[k]) / deviation;
            v = TruncatedGaussian.v(x);
            w = TruncatedGaussian.w(x, v);
        }
        // 1/vp - 1/vd and mp/vp - md/vd with vp = vd (1 - w), without their cancellation or a division by 0.
        double precision = w / (total * (1 - w));
        double weighted = (difference * w + deviation * v) / (total * (1 - w));
        double scale1 = 1 / (1 + variance2 * precision);
        double scale2 = 1 / (1 + variance1 * precision);
        double newUpperPrecision = precision * scale1;
        double newUpperWeighted = (weighted + mean2 * precision) * scale1;
        double newLowerPrecision = precision * scale2;
        double newLowerWeighted = (mean1 * precision - weighted) * scale2;

        double change = Math.max(
                Math.max(
                        Math.abs(newUpperPrecision - upperPrecision[k]), Math.abs(newUpperWeighted - upperWeighted[k])),
                Math.max(
                        Math.abs(newLowerPrecision - lowerPrecision[k]),
                        Math.abs(newLowerWeighted - lowerWeighted[k])));
        sumPrecision[first] += newUpperPrecision - upperPrecision[k];
        sumWeighted[first] += newUpperWeighted - upperWeighted[k];
        sumPrecision[second] += newLowerPrecision - lowerPrecision[k];
        sumWeighted[second] += newLowerWeighted - lowerWeighted[k];
        upperPrecision[k] = newUpperPrecision;
        upperWeighted[k] = newUpperWeighted;
        lowerPrecision[k] = newLowerPrecision;
        lowerWeighted[k] = newLowerWeighted;
        return change;
    }

    private void finish(double[] mean, double[] variance, double[] noiseVariance, int size) {
        for (int i = 0; i < size; i++) {
            // The messages' product N(m, u) comes down to the skill as N(m, u + beta^2).
            double scale = 1 / (1 + noiseVariance[i] * sumPrecision[i]);
            double precision = sumPrecision[i] * scale;
            double weighted = sumWeighted[i] * scale;
            double shrink = 1 / (1 + variance[i] * precision);
            mean[i] = (mean[i] + variance[i] * weighted) * shrink;
            variance[i] *= shrink;
        }
    }
}
