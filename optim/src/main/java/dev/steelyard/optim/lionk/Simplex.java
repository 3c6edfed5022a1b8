package dev.steelyard.optim.lionk;

import java.util.Arrays;

/** The probability simplex. */
final class Simplex {

    private Simplex() {}

    /** The nearest point with entries at least 0 and sum 1: {@code max(v - t, 0)}, t by one sort. */
    static double[] project(double[] v) {
        double[] sorted = v.clone();
        Arrays.sort(sorted);
        double sum = 0;
        double threshold = 0;
        for (int count = 1; count <= sorted.length; count++) {
            double entry = sorted[sorted.length - count];
            sum += entry;
            double candidate = (sum - 1) / count;
            if (entry <= candidate) {
                break;
            }
            threshold = candidate;
        }
        double t = threshold;
        return Arrays.stream(v).map(entry -> Math.max(entry - t, 0)).toArray();
    }
}
