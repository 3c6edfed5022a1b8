package dev.steelyard.online.groupwiseregret;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * The paper's generator: twenty features, a shape and a colour, each value with a linear model of its own; a row's label
 * combines those of its shape and its colour, and is scaled to [0, 1] over the data set. Groups: circle, square, triangle,
 * green, red, all.
 */
public final class SyntheticGroups {

    /** Six groups, the last always active. */
    public static final int GROUPS = 6;

    private static final int PLAIN = 20;

    /** Twenty features and five indicators of the groups. */
    public static final int FEATURES = PLAIN + GROUPS - 1;

    private static final double NOISE = .16;

    private final double[][] x;
    private final int[][] groups;
    private final double[] labels;

    /** How the labels of shape and colour are combined. */
    public enum Label {
        MEAN,
        MIN,
        MAX,
        /** That of whichever group value comes first in a random order. */
        PERMUTATION
    }

    private SyntheticGroups(double[][] x, int[][] groups, double[] labels) {
        this.x = x;
        this.groups = groups;
        this.labels = labels;
    }

    /** Draws a data set. */
    public static SyntheticGroups draw(int rows, Label label, RandomGenerator random) {
        double[][] weights = new double[GROUPS - 1][];
        for (int value = 0; value < weights.length; value++) {
            weights[value] = random.doubles(PLAIN).toArray();
        }
        int[] first = permutation(weights.length, random);
        double[][] x = new double[rows][FEATURES];
        int[][] groups = new int[rows][];
        double[] labels = new double[rows];
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < PLAIN; i++) {
                x[row][i] = random.nextDouble();
            }
            double u = random.nextDouble();
            int shape = u < .5 ? 0 : u < .8 ? 1 : 2;
            int colour = random.nextDouble() < .6 ? 3 : 4;
            x[row][PLAIN + shape] = 1;
            x[row][PLAIN + colour] = 1;
            groups[row] = new int[] {shape, colour, GROUPS - 1};
            double ofShape = value(weights[shape], x[row], random);
            double ofColour = value(weights[colour], x[row], random);
            labels[row] = switch (label) {
                case MEAN -> (ofShape + ofColour) / 2;
                case MIN -> Math.min(ofShape, ofColour);
                case MAX -> Math.max(ofShape, ofColour);
                case PERMUTATION -> first[shape] < first[colour] ? ofShape : ofColour;
            };
        }
        double least = Arrays.stream(labels).min().orElseThrow();
        double most = Arrays.stream(labels).max().orElseThrow();
        for (int row = 0; row < rows; row++) {
            labels[row] = (labels[row] - least) / (most - least);
        }
        return new SyntheticGroups(x, groups, labels);
    }

    private static int[] permutation(int size, RandomGenerator random) {
        int[] permutation = new int[size];
        for (int i = 0; i < size; i++) {
            int j = random.nextInt(i + 1);
            permutation[i] = permutation[j];
            permutation[j] = i;
        }
        return permutation;
    }

    private static double value(double[] weights, double[] x, RandomGenerator random) {
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += weights[i] * x[i];
        }
        return sum + NOISE * random.nextGaussian();
    }

    public int size() {
        return labels.length;
    }

    public GroupedInstance instance(int row) {
        return new GroupedInstance(x[row], groups[row]);
    }

    public double label(int row) {
        return labels[row];
    }
}
