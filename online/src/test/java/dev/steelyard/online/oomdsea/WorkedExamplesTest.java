package dev.steelyard.online.oomdsea;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.steelyard.online.convex.Ball;
import dev.steelyard.online.convex.FollowTheRegularisedLeader;
import dev.steelyard.online.convex.Hint;
import dev.steelyard.online.convex.OnlineOptimizer;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The numbers of the method's description, to the digits given there. */
class WorkedExamplesTest {

    private static final Offset<Double> DIGITS = within(6e-9);
    private static final double[][] GRADIENTS = {{1, 0}, {.8, .6}, {0, 1}};
    private static final Ball UNIT = Ball.aroundZero(2, 1);

    private static void plays(OnlineOptimizer optimizer, double[]... points) {
        for (int t = 0; t < points.length; t++) {
            assertThat(optimizer.predict()).containsExactly(points[t], DIGITS);
            optimizer.observe(GRADIENTS[t]);
        }
    }

    @Test
    void convexStepsUseTheVariationOfTheRoundsBefore() {
        OptimisticMirrorDescent optimizer = new OptimisticMirrorDescent(UNIT, new StepSchedule.Convex(2, 1, 0, false));
        double[] steps = new double[3];
        for (int t = 0; t < 3; t++) {
            steps[t] = optimizer.step();
            optimizer.observe(GRADIENTS[t]);
        }
        assertThat(steps).containsExactly(new double[] {1, .8944271910, .8606629658}, DIGITS);
        plays(
                new OptimisticMirrorDescent(UNIT, new StepSchedule.Convex(2, 1, 0, false)),
                new double[] {0, 0},
                new double[] {-1, 0},
                new double[] {-.89584266, -.44437140});
    }

    @Test
    void optimisticLeader() {
        plays(
                new FollowTheRegularisedLeader(UNIT, 4, Hint.lastGradient()),
                new double[] {0, 0},
                new double[] {-.8, 0},
                new double[] {-.90795938, -.41905818});
    }

    @Test
    void stronglyConvex() {
        OptimisticMirrorDescent optimizer = new OptimisticMirrorDescent(UNIT, StepSchedule.stronglyConvex(1));
        double[][] centres = {{.5, 0}, {.4, .3}, {0, .5}};
        double[][] points = {{0, 0}, {1, 0}, {0, .5}};
        for (int t = 0; t < 3; t++) {
            double[] x = optimizer.predict();
            assertThat(x).containsExactly(points[t], DIGITS);
            optimizer.observe(new double[] {x[0] - centres[t][0], x[1] - centres[t][1]});
        }
    }

    @Test
    void newton() {
        OptimisticNewtonStep optimizer = new OptimisticNewtonStep(Ball.aroundZero(2, .5), 1, 1, 1, Hint.lastGradient());
        double[][] w = {{1, 0}, {0, 1}, {.6, .8}};
        double[] y = {.5, -.2, .3};
        double[][] points = {{0, 0}, {.5, 0}, {.38989283, -.31302329}};
        for (int t = 0; t < 3; t++) {
            double[] x = optimizer.predict();
            assertThat(x).containsExactly(points[t], DIGITS);
            double error = w[t][0] * x[0] + w[t][1] * x[1] - y[t];
            optimizer.observe(new double[] {error * w[t][0], error * w[t][1]});
        }
    }

    @Test
    void twoLayers() {
        DynamicOptimisticDescent optimizer = new DynamicOptimisticDescent(UNIT, new DynamicOptions(1, .05, 3));
        assertThat(optimizer.steps())
                .containsExactly(new double[] {.4082482905, .8164965809, 1.6329931619, 2.5}, DIGITS);
        optimizer.observe(GRADIENTS[0]);
        optimizer.observe(GRADIENTS[1]);
        assertThat(optimizer.weights())
                .containsExactly(new double[] {.23909616, .25343371, .25382895, .25364117}, DIGITS);
    }
}
