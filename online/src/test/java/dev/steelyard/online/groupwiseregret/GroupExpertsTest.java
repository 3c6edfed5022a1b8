package dev.steelyard.online.groupwiseregret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.steelyard.core.state.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class GroupExpertsTest {

    @Test
    void predictionsAreCutToTheRange() {
        OnlineRidge ridge = new OnlineRidge(1, .01);
        ClippedExpert clipped = new ClippedExpert(ridge, 0, 1);
        clipped.learn(new double[] {1}, 1.0);
        assertThat(clipped.predict(new double[] {3})).isEqualTo(1);
        assertThat(clipped.predict(new double[] {-3})).isZero();
        assertThat(clipped.predict(new double[] {.5})).isEqualTo(ridge.predict(new double[] {.5}));
        assertThatThrownBy(() -> new ClippedExpert(ridge, 1, 1)).hasMessageContaining("lowest");
    }

    /** x = 1, y = 1, rate .5: the first step is .5, the gradient of the second -1 on squares 4 + 1. */
    @Test
    void twoDiagonalStepsByHand() {
        DiagonalRegression regression = new DiagonalRegression(2, .5);
        double[] x = {1, 0};
        regression.learn(x, 1.0);
        assertThat(regression.coefficients()).containsExactly(new double[] {.5, 0}, within(1e-9));
        regression.learn(x, 1.0);
        assertThat(regression.coefficients()).containsExactly(new double[] {.5 + .5 / Math.sqrt(5), 0}, within(1e-9));
        DiagonalRegression restored = new DiagonalRegression(2, .5);
        restored.load(State.fromJson(regression.state().toJson())).run();
        regression.forget(.5);
        restored.forget(.5);
        regression.learn(x, 0.0);
        restored.learn(x, 0.0);
        assertThat(restored.coefficients()).isEqualTo(regression.coefficients());
        assertThatThrownBy(() -> regression.predict(new double[1])).hasMessageContaining("1 features where 2");
        assertThatThrownBy(() -> new DiagonalRegression(2, 0)).hasMessageContaining("rate");
    }

    @Test
    void diagonalStepsFindALinearModel() {
        DiagonalRegression regression = new DiagonalRegression(3, .5);
        Random random = new Random(1);
        for (int t = 0; t < 20_000; t++) {
            double[] x = random.doubles(3).toArray();
            regression.learn(x, .2 * x[0] + .5 * x[1] - .3 * x[2]);
        }
        assertThat(regression.coefficients()).containsExactly(new double[] {.2, .5, -.3}, within(.01));
    }

    /** The toy check: on a tiny class, one expert a group does as well on every group as one a group and hypothesis. */
    @Test
    void aLearnerAGroupDoesAsWellAsAnExpertAPair() {
        ActionTask task = new ActionTask(3);
        List<Function<double[], Integer>> hypotheses = new ArrayList<>(List.of(x -> 0, x -> 1, x -> 2));
        int rounds = 4000;
        GroupwiseLearner<Integer, double[]> pairs = BlumLykouris.learner(2, hypotheses, task, 1);
        GroupwiseLearner<Integer, double[]> ours = new GroupwiseLearner<>(
                2,
                g -> new FiniteClass<>(hypotheses, task, Math.sqrt(8 * Math.log(3) / rounds), g),
                task,
                PredictionMode.RANDOMISED,
                2);
        Random random = new Random(3);
        double[][] summed = new double[2][3];
        double[] lossOfPairs = new double[2];
        double[] lossOfOurs = new double[2];
        for (int t = 0; t < rounds; t++) {
            boolean inner = random.nextDouble() < .4;
            double[] losses = new double[3];
            for (int action = 0; action < 3; action++) {
                losses[action] = random.nextDouble() < (action == (inner ? 2 : 0) ? .2 : .6) ? 1 : 0;
            }
            GroupedInstance instance = new GroupedInstance(new double[0], inner ? new int[] {0, 1} : new int[] {1});
            int played = play(pairs, BlumLykouris.instance(instance, 3), losses);
            int byOurs = play(ours, instance, losses);
            for (int group : instance.groups()) {
                lossOfPairs[group] += losses[played];
                lossOfOurs[group] += losses[byOurs];
                for (int action = 0; action < 3; action++) {
                    summed[group][action] += losses[action];
                }
            }
        }
        for (int group = 0; group < 2; group++) {
            double best = Math.min(summed[group][0], Math.min(summed[group][1], summed[group][2]));
            double bound = 4 * Math.sqrt(rounds * Math.log(6));
            assertThat(lossOfPairs[group] - best).isLessThan(bound);
            assertThat(lossOfOurs[group] - best).isLessThan(bound);
        }
    }

    private static int play(GroupwiseLearner<Integer, double[]> learner, GroupedInstance instance, double[] losses) {
        var decision = learner.decide(instance);
        learner.feedback(decision.id(), losses);
        return decision.action();
    }
}
