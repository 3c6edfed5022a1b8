package dev.steelyard.online.groupwiseregret;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Yearly medical charges like those of the well-known data set of 1338 rows: smoking and weight interact, which a single
 * linear model misses. Twelve groups by age, weight, smoking and sex, and all.
 */
public final class MedicalCosts {

    /** Names of the groups. */
    public static final String[] GROUPS = {
        "young",
        "middle",
        "old",
        "underweight",
        "healthy",
        "overweight",
        "obese",
        "smoker",
        "non-smoker",
        "male",
        "female",
        "all"
    };

    /** Age, weight, children, sex, smoking, region, and seven indicators of age and weight. */
    public static final int FEATURES = 3 + 2 + 2 + 4 + 7;

    private static final double[] CHILDREN = {.43, .24, .18, .12, .02, .01};

    private final double[][] x;
    private final int[][] groups;
    private final double[] labels;

    private MedicalCosts(double[][] x, int[][] groups, double[] labels) {
        this.x = x;
        this.groups = groups;
        this.labels = labels;
    }

    /** Draws a data set, labels scaled to [0, 1]. */
    public static MedicalCosts draw(int rows, RandomGenerator random) {
        double[][] x = new double[rows][];
        int[][] groups = new int[rows][];
        double[] labels = new double[rows];
        for (int row = 0; row < rows; row++) {
            int age = 18 + random.nextInt(47);
            double bmi = Math.clamp(30.7 + 6.1 * random.nextGaussian(), 16.0, 53.0);
            int children = children(random);
            boolean smoker = random.nextDouble() < .205;
            boolean male = random.nextDouble() < .505;
            int region = random.nextInt(4);
            double extra = smoker ? 13500 + (bmi >= 30 ? 19500 : 0) + 450 * (bmi - 30) : 0;
            labels[row] = Math.max(1000, 250.0 * age - 2500 + 500 * children + extra + 4500 * random.nextGaussian());
            int ageGroup = age <= 35 ? 0 : age <= 50 ? 1 : 2;
            int weightGroup = bmi < 18.5 ? 3 : bmi < 25 ? 4 : bmi < 30 ? 5 : 6;
            groups[row] = new int[] {ageGroup, weightGroup, smoker ? 7 : 8, male ? 9 : 10, 11};
            x[row] = new double[FEATURES];
            x[row][0] = (age - 18) / 46.0;
            x[row][1] = (bmi - 16) / 37;
            x[row][2] = children / 5.0;
            x[row][male ? 3 : 4] = 1;
            x[row][smoker ? 5 : 6] = 1;
            x[row][7 + region] = 1;
            x[row][11 + ageGroup] = 1;
            x[row][11 + weightGroup] = 1;
        }
        double least = Arrays.stream(labels).min().orElseThrow();
        double most = Arrays.stream(labels).max().orElseThrow();
        for (int row = 0; row < rows; row++) {
            labels[row] = (labels[row] - least) / (most - least);
        }
        return new MedicalCosts(x, groups, labels);
    }

    private static int children(RandomGenerator random) {
        double left = random.nextDouble();
        for (int children = 0; children < CHILDREN.length; children++) {
            left -= CHILDREN[children];
            if (left < 0) {
                return children;
            }
        }
        return CHILDREN.length - 1;
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
