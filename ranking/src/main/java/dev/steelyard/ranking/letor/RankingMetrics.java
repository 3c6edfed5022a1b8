package dev.steelyard.ranking.letor;

import java.util.Arrays;

/** Measures of one ranked list, given its grades in the order shown. */
public final class RankingMetrics {

    private RankingMetrics() {}

    /** Discounted cumulative gain: gains 2^r - 1, discounts log2(rank + 1), ranks from 1. */
    public static double dcg(int[] grades, int depth) {
        double sum = 0;
        for (int k = 0; k < Math.min(depth, grades.length); k++) {
            sum += gain(grades[k]) / (Math.log(k + 2) / Math.log(2));
        }
        return sum;
    }

    /** DCG over that of the best order; NaN if no document is relevant. */
    public static double ndcg(int[] grades, int depth) {
        int[] best = grades.clone();
        Arrays.sort(best);
        for (int i = 0; i < best.length / 2; i++) {
            int kept = best[i];
            best[i] = best[best.length - 1 - i];
            best[best.length - 1 - i] = kept;
        }
        double ideal = dcg(best, depth);
        return ideal == 0 ? Double.NaN : dcg(grades, depth) / ideal;
    }

    /**
     * Expected reciprocal rank: a user stops at a document with probability (2^r - 1)/2^G.
     *
     * @param largestGrade G
     */
    public static double err(int[] grades, int depth, int largestGrade) {
        double sum = 0;
        double reached = 1;
        for (int k = 0; k < Math.min(depth, grades.length); k++) {
            double stops = gain(grades[k]) / Math.pow(2, largestGrade);
            sum += reached * stops / (k + 1);
            reached *= 1 - stops;
        }
        return sum;
    }

    /** Average precision, every grade above 0 being relevant; NaN if none is. */
    public static double averagePrecision(int[] grades) {
        double sum = 0;
        int relevant = 0;
        for (int k = 0; k < grades.length; k++) {
            if (grades[k] > 0) {
                relevant++;
                sum += relevant / (k + 1.0);
            }
        }
        return relevant == 0 ? Double.NaN : sum / relevant;
    }

    /** 2^r - 1. */
    public static double gain(int grade) {
        return Math.pow(2, grade) - 1;
    }
}
