package dev.steelyard.ranking.dla;

import java.util.Arrays;

/**
 * A position-based click model fitted by expectation maximisation to a log of queries and documents, without features: an
 * estimate of each document's relevance, which a ranker may then learn as labels.
 */
public final class PositionBasedEm {

    private static final double FIRST = .5;

    /** [query][document][place]: how often it was shown there, and clicked. */
    private final long[][][] shown;

    private final long[][][] clicked;
    private final double[] examination;
    private final double[][] relevance;

    /**
     * @param documents how many each query has
     * @param positions places
     */
    public PositionBasedEm(int[] documents, int positions) {
        this.shown = new long[documents.length][][];
        this.clicked = new long[documents.length][][];
        this.relevance = new double[documents.length][];
        for (int q = 0; q < documents.length; q++) {
            shown[q] = new long[documents[q]][positions];
            clicked[q] = new long[documents[q]][positions];
            relevance[q] = new double[documents[q]];
            Arrays.fill(relevance[q], FIRST);
        }
        this.examination = new double[positions];
        Arrays.fill(examination, FIRST);
    }

    /** Counts a session; places beyond the last one are left out. */
    public void add(int query, int[] documents, boolean[] clicks) {
        for (int k = 0; k < Math.min(documents.length, examination.length); k++) {
            shown[query][documents[k]][k]++;
            clicked[query][documents[k]][k] += clicks[k] ? 1 : 0;
        }
    }

    /** Fits: r = (clicks + sum of P(relevant | no click) + 1)/(N + 2); e = mean posterior of examination. */
    public void fit(int iterations) {
        for (int iteration = 0; iteration < iterations; iteration++) {
            double[] examined = new double[examination.length];
            double[] sessions = new double[examination.length];
            double[][] updated = new double[relevance.length][];
            for (int q = 0; q < relevance.length; q++) {
                updated[q] = new double[relevance[q].length];
                for (int d = 0; d < relevance[q].length; d++) {
                    double relevant = 0;
                    long times = 0;
                    for (int k = 0; k < examination.length; k++) {
                        long clicks = clicked[q][d][k];
                        long without = shown[q][d][k] - clicks;
                        times += shown[q][d][k];
                        sessions[k] += shown[q][d][k];
                        relevant +=
                                clicks + without * RegressionEm.relevantWithoutClick(examination[k], relevance[q][d]);
                        examined[k] +=
                                clicks + without * RegressionEm.examinedWithoutClick(examination[k], relevance[q][d]);
                    }
                    updated[q][d] = (relevant + 1) / (times + 2);
                }
            }
            for (int k = 0; k < examination.length; k++) {
                examination[k] = sessions[k] == 0 ? examination[k] : examined[k] / sessions[k];
            }
            System.arraycopy(updated, 0, relevance, 0, updated.length);
        }
    }

    /** The estimated relevance of a query's documents. */
    public double[] relevance(int query) {
        return relevance[query].clone();
    }

    /** The estimated examination probability of each place. */
    public double[] examination() {
        return examination.clone();
    }
}
