package dev.steelyard.online.groupwiseregret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

class ForgettingTest {

    private static final double MEMORY = .99;
    private static final int FEATURES = 6;

    /**
     * Indicators that always sum to 1 and one that is always 0, as those of the groups are within a group: what is known of
     * them is forgotten without end, and nothing else suffers from it.
     */
    @Test
    void whatIsNeverSeenDoesNotDrownTheRest() {
        for (GroupExpert<Double, Double> expert :
                List.of(new OnlineRidge(FEATURES, 1), new VovkAzouryWarmuth(FEATURES, 1))) {
            boolean countsInstance = expert instanceof VovkAzouryWarmuth;
            SimpleMatrix gram = SimpleMatrix.identity(FEATURES);
            SimpleMatrix sums = new SimpleMatrix(FEATURES, 1);
            Random random = new Random(1);
            for (int round = 0; round < 60_000; round++) {
                double[] x = new double[FEATURES];
                x[0] = random.nextDouble();
                x[1] = random.nextDouble();
                x[2 + random.nextInt(2)] = 1;
                x[4] = 1;
                double y = .3 * x[0] + .2 * x[1] + .1 * x[2] + .1 + .02 * random.nextGaussian();
                SimpleMatrix column = new SimpleMatrix(FEATURES, 1, true, x);
                if (round % 2000 == 1999) {
                    SimpleMatrix seen = countsInstance ? gram.plus(column.mult(column.transpose())) : gram;
                    double expected = leastNorm(seen, sums).dot(column);
                    assertThat(expert.predict(x)).isCloseTo(expected, within(1e-5));
                }
                expert.forget(MEMORY);
                expert.learn(x, y);
                gram = gram.scale(MEMORY).plus(column.mult(column.transpose()));
                sums = sums.scale(MEMORY).plus(column.scale(y));
            }
        }
    }

    /** A feature that wakes up after it was forgotten is learnt as a new one is. */
    @Test
    void aFeatureThatWakesUpIsLearnt() {
        OnlineRidge ridge = new OnlineRidge(2, 1);
        for (int round = 0; round < 50_000; round++) {
            ridge.forget(MEMORY);
            ridge.learn(new double[] {1, 0}, .5);
        }
        for (int round = 0; round < 20; round++) {
            ridge.forget(MEMORY);
            ridge.learn(new double[] {1, 1}, .8);
        }
        assertThat(ridge.coefficients()).containsExactly(new double[] {.5, .3}, within(1e-5));
    }

    private static SimpleMatrix leastNorm(SimpleMatrix gram, SimpleMatrix sums) {
        var svd = gram.svd();
        SimpleMatrix solution = new SimpleMatrix(FEATURES, 1);
        for (int i = 0; i < FEATURES; i++) {
            double value = svd.getW().get(i, i);
            if (value > 1e-7 * svd.getW().get(0, 0)) {
                SimpleMatrix direction = svd.getU().getColumn(i);
                solution = solution.plus(direction.scale(direction.dot(sums) / value));
            }
        }
        return solution;
    }
}
