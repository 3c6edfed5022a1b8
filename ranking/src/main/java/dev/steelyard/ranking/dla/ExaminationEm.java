package dev.steelyard.ranking.dla;

import java.util.Arrays;

/**
 * Expectation maximisation for click models in which a click is a look and relevance: examination is a number for each cell
 * (a place, or a place and the last click above it), relevance one for each query and document.
 */
final class ExaminationEm {

    private static final double FIRST = .5;

    /** [query][document][cell]: how often it was shown there, and clicked. */
    private final long[][][] shown;

    private final long[][][] clicked;
    private final double[] examination;
    private final double[][] relevance;

    ExaminationEm(int[] documents, int cells) {
        this.shown = new long[documents.length][][];
        this.clicked = new long[documents.length][][];
        this.relevance = new double[documents.length][];
        for (int q = 0; q < documents.length; q++) {
            shown[q] = new long[documents[q]][cells];
            clicked[q] = new long[documents[q]][cells];
            relevance[q] = new double[documents[q]];
            Arrays.fill(relevance[q], FIRST);
        }
        this.examination = new double[cells];
        Arrays.fill(examination, FIRST);
    }

    void add(int query, int document, int cell, boolean click) {
        shown[query][document][cell]++;
        clicked[query][document][cell] += click ? 1 : 0;
    }

    /** r = (clicks + sum of P(relevant | no click) + 1)/(N + 2); e = mean posterior of examination. */
    void fit(int iterations) {
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

    double[] relevance(int query) {
        return relevance[query].clone();
    }

    double[] examination() {
        return examination.clone();
    }
}
