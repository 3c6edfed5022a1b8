package dev.steelyard.online.onesidedfair;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Applicants with a score u in (0, 1) and a group s in {0, 1}; the group helps to predict repayment, and the auditors do
 * not look at it: P(y = 1) = sigmoid(8 (u - 1/2) + 3 (s - 1/2)).
 */
public final class LendingEnvironment {

    private static final int GRID = 20;
    private static final double[] SLOPES = {1, 1.5, 2, 2.5, 6};
    private static final double[] GROUP_BONUSES = {-.4, -.2, 0, .2, .4};

    private final RandomGenerator random;

    public LendingEnvironment(RandomGenerator random) {
        this.random = random;
    }

    /** A batch of applicants. */
    public double[][] batch(int size) {
        double[][] batch = new double[size][];
        for (int i = 0; i < size; i++) {
            batch[i] = new double[] {random.nextDouble(), random.nextBoolean() ? 1 : 0};
        }
        return batch;
    }

    /** The label that an applicant has or would have. */
    public int label(double[] x) {
        return random.nextDouble() < probabilityOfOne(x) ? 1 : 0;
    }

    /** P(y = 1 | x). */
    public static double probabilityOfOne(double[] x) {
        return 1 / (1 + Math.exp(-(8 * (x[0] - .5) + 3 * (x[1] - .5))));
    }

    /** The expected error per instance of accepting with these probabilities. */
    public static double expectedError(double[][] batch, double[] probabilities) {
        double error = 0;
        for (int i = 0; i < batch.length; i++) {
            double one = probabilityOfOne(batch[i]);
            error += probabilities[i] * (1 - one) + (1 - probabilities[i]) * one;
        }
        return error / batch.length;
    }

    /** 50 thresholds on u + b s, and both constants. */
    public static List<Hypothesis> hypotheses() {
        List<Hypothesis> hypotheses = new ArrayList<>();
        for (int t = 0; t < 10; t++) {
            for (double bonus : GROUP_BONUSES) {
                hypotheses.add(new Hypothesis.Linear(List.of(1.0, bonus), (2 * t + 1) / 20.0));
            }
        }
        hypotheses.add(new Hypothesis.Constant(false));
        hypotheses.add(new Hypothesis.Constant(true));
        return hypotheses;
    }

    /** Points on which any two of the hypotheses differ that differ anywhere. */
    public static double[][] separator() {
        double[][] points = new double[22][];
        for (int i = 0; i <= 10; i++) {
            points[2 * i] = new double[] {i / 10.0, 0};
            points[2 * i + 1] = new double[] {i / 10.0, 1};
        }
        return points;
    }

    /** Forty applicants, evenly spread over scores and groups. */
    public static double[][] grid() {
        double[][] grid = new double[2 * GRID][];
        for (int i = 0; i < GRID; i++) {
            grid[2 * i] = new double[] {(i + .5) / GRID, 0};
            grid[2 * i + 1] = new double[] {(i + .5) / GRID, 1};
        }
        return grid;
    }

    /** Five auditors with d_j = min(1, kappa_j |u - u'|), kappa = 1, 1.5, 2, 2.5, 6. */
    public static Panel panel(double alpha, double gamma) {
        List<Dissimilarity> auditors = new ArrayList<>();
        for (double slope : SLOPES) {
            auditors.add((x, other) -> Math.min(1, slope * Math.abs(x[0] - other[0])));
        }
        return new Panel(auditors, alpha, gamma);
    }
}
