package dev.steelyard.online.groupwiseregret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.steelyard.core.state.State;
import dev.steelyard.online.Decision;
import dev.steelyard.online.InvalidOutcomeException;
import dev.steelyard.online.OnlineLearner;
import dev.steelyard.online.OnlineLearnerContract;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class GroupwiseLearnerTest {

    private static final GroupTask<Double, Double> UNIT = GroupTask.squaredLoss(0, 1);

    private static GroupwiseLearner<Double, Double> ridge(int groups, int dimension, PredictionMode mode, long seed) {
        return new GroupwiseLearner<>(groups, g -> new OnlineRidge(dimension, 1), UNIT, mode, seed);
    }

    abstract static class Regression extends OnlineLearnerContract<GroupedInstance, Double, Double> {
        @Override
        protected GroupedInstance context(int round) {
            Random random = new Random(round);
            int[][] groups = {{0, 2}, {1, 2}, {2}, {}, {0, 1, 2}};
            return new GroupedInstance(random.doubles(3).toArray(), groups[round % 5]);
        }

        @Override
        protected Double outcome(int round, Double action) {
            return round % 7 / 7.0;
        }

        @Override
        protected Double invalidOutcome() {
            return 1.5;
        }
    }

    @Nested
    class Randomised extends Regression {
        @Override
        protected OnlineLearner<GroupedInstance, Double, Double> learner(long seed) {
            return ridge(3, 3, PredictionMode.RANDOMISED, seed);
        }
    }

    @Nested
    class AveragedForgetful extends Regression {
        @Override
        protected OnlineLearner<GroupedInstance, Double, Double> learner(long seed) {
            return new GroupwiseLearner<>(
                    new GroupwiseOptions(3, PredictionMode.AVERAGE, List.of(1.0, 2.0, 1.0), .99, true),
                    g -> g == 1 ? new VovkAzouryWarmuth(3, 1) : new OnlineRidge(3, 1),
                    UNIT,
                    seed);
        }
    }

    @Nested
    class Paths extends OnlineLearnerContract<GroupedInstance, int[], double[]> {
        private final Dag graph = Dag.layered(2, 2);

        @Override
        protected OnlineLearner<GroupedInstance, int[], double[]> learner(long seed) {
            return new GroupwiseLearner<>(
                    2,
                    g -> new PerturbedPathLeader(graph, 100, seed + g),
                    new PathTask(graph),
                    PredictionMode.RANDOMISED,
                    seed);
        }

        @Override
        protected GroupedInstance context(int round) {
            return new GroupedInstance(new double[0], round % 3 == 0 ? new int[] {0, 1} : new int[] {1});
        }

        @Override
        protected double[] outcome(int round, int[] action) {
            return new Random(round).doubles(graph.edges()).toArray();
        }

        @Override
        protected double[] invalidOutcome() {
            return new double[1];
        }

        @Override
        protected String describe(int[] action) {
            return Arrays.toString(action);
        }
    }

    @Test
    void fourRoundsByHand() {
        GroupwiseLearner<Double, Double> learner = ridge(2, 2, PredictionMode.RANDOMISED, 1);
        double[][] x = {{1, 0}, {1, 1}, {0, 1}, {1, 1}};
        double[] y = {1, .2, .5, .6};
        int[][] groups = {{0, 1}, {1}, {0, 1}, {0, 1}};
        double[][] p = {{.5, .5}, {1}, {.5, .5}, {.57770915, .42229085}};
        double[][] predictions = {{0, 0}, {.5}, {0, -.12}, {.75, .475}};
        double[] losses = {1, .09, .3172, .01959675};
        for (int t = 0; t < 4; t++) {
            long id = learner.decide(new GroupedInstance(x[t], groups[t])).id();
            assertThat(learner.probabilities(id)).containsExactly(p[t], within(5e-9));
            double loss = 0;
            for (int i = 0; i < groups[t].length; i++) {
                double prediction = learner.predictions(id).get(i);
                assertThat(prediction).isCloseTo(predictions[t][i], within(1e-12));
                loss += learner.probabilities(id)[i] * UNIT.loss(prediction, y[t]);
            }
            assertThat(loss).isCloseTo(losses[t], within(5e-9));
            learner.feedback(id, y[t]);
        }
        assertThat(learner.meta().regret(0)).isCloseTo(.06429675, within(5e-9));
        assertThat(learner.meta().regret(1)).isCloseTo(-.06322825, within(5e-9));
        assertThat(learner.meta().size(0)).isCloseTo(.07010325, within(5e-9));
        assertThat(learner.meta().size(1)).isCloseTo(.07117175, within(5e-9));
        assertThat(((OnlineRidge) learner.expert(0)).coefficients())
                .containsExactly(new double[] {.4625, .2125}, within(1e-10));
        assertThat(((OnlineRidge) learner.expert(1)).coefficients())
                .containsExactly(new double[] {.38333333, .13333333}, within(5e-9));
    }

    @Test
    void ridgeIsTheClosedForm() {
        Random random = new Random(2);
        OnlineRidge ridge = new OnlineRidge(4, .7);
        VovkAzouryWarmuth forecaster = new VovkAzouryWarmuth(4, .7);
        SimpleMatrix gram = SimpleMatrix.identity(4).scale(.7);
        SimpleMatrix sums = new SimpleMatrix(4, 1);
        for (int t = 0; t < 1500; t++) {
            double[] x = random.doubles(4, -1, 1).toArray();
            double y = random.nextDouble();
            SimpleMatrix column = new SimpleMatrix(4, 1, true, x);
            if (t > 0 && t % 300 == 0) {
                double[] expected = gram.solve(sums).getDDRM().getData();
                assertThat(ridge.coefficients()).containsExactly(expected, within(1e-8));
                double seen =
                        gram.plus(column.mult(column.transpose())).solve(sums).dot(column);
                assertThat(forecaster.predict(x)).isCloseTo(seen, within(1e-8));
            }
            ridge.learn(x, y);
            forecaster.learn(x, y);
            gram = gram.plus(column.mult(column.transpose()));
            sums = sums.plus(column.scale(y));
        }
    }

    @Test
    void oneGroupIsItsLearnerAndSleepersAreUntouched() {
        GroupwiseLearner<Double, Double> learner = ridge(3, 2, PredictionMode.AVERAGE, 1);
        OnlineRidge alone = new OnlineRidge(2, 1);
        String sleeper = learner.expert(2).state().toJson();
        Random random = new Random(3);
        for (int t = 0; t < 50; t++) {
            double[] x = random.doubles(2).toArray();
            boolean first = t % 2 == 0;
            Decision<Double> decision = learner.decide(new GroupedInstance(x, first ? 0 : 1));
            if (first) {
                assertThat(decision.action()).isEqualTo(alone.predict(x));
                alone.learn(x, .3);
            }
            learner.feedback(decision.id(), .3);
        }
        assertThat(learner.expert(2).state().toJson()).isEqualTo(sleeper);
        assertThat(learner.meta().regret(0)).isZero();
    }

    @Test
    void equalGroupsShareTheWeightAndTheRegretOfARoundCancels() {
        GroupwiseLearner<Double, Double> learner = ridge(2, 2, PredictionMode.RANDOMISED, 1);
        Random random = new Random(3);
        for (int t = 0; t < 50; t++) {
            long id = learner.decide(new GroupedInstance(random.doubles(2).toArray(), 0, 1))
                    .id();
            assertThat(learner.probabilities(id)).containsExactly(.5, .5);
            learner.feedback(id, random.nextDouble());
        }
        assertThat(learner.meta().size(0)).isZero();
    }

    @Test
    void anInstanceOfNoGroupTeachesNothing() {
        GroupwiseLearner<Double, Double> learner = ridge(2, 1, PredictionMode.AVERAGE, 1);
        learner.feedback(
                learner.decide(new GroupedInstance(new double[] {1}, 0)).id(), 1.0);
        String before = learner.expert(0).state().toJson();
        Decision<Double> decision = learner.decide(new GroupedInstance(new double[] {1}));
        assertThat(decision.action()).isCloseTo(.25, within(1e-12));
        learner.feedback(decision.id(), 1.0);
        assertThat(learner.expert(0).state().toJson()).isEqualTo(before);
    }

    /** On every group, at every time, the loss is within the guarantee of the group's own learner. */
    @Test
    void noGroupFaresMuchWorseThanItsOwnLearner() {
        for (long seed = 0; seed < 4; seed++) {
            SyntheticGroups.Label label = SyntheticGroups.Label.values()[(int) seed];
            SyntheticGroups data = SyntheticGroups.draw(5000, label, new Random(seed));
            GroupwiseLearner<Double, Double> learner =
                    ridge(SyntheticGroups.GROUPS, SyntheticGroups.FEATURES, PredictionMode.RANDOMISED, seed);
            double[] ours = new double[SyntheticGroups.GROUPS];
            double[] own = new double[SyntheticGroups.GROUPS];
            for (int t = 0; t < data.size(); t++) {
                GroupedInstance instance = data.instance(t);
                long id = learner.decide(instance).id();
                double[] p = learner.probabilities(id);
                List<Double> predictions = learner.predictions(id);
                double loss = 0;
                for (int i = 0; i < p.length; i++) {
                    loss += p[i] * UNIT.loss(predictions.get(i), data.label(t));
                }
                for (int i = 0; i < p.length; i++) {
                    int g = instance.groups()[i];
                    ours[g] += loss;
                    own[g] += UNIT.loss(predictions.get(i), data.label(t));
                }
                learner.feedback(id, data.label(t));
                for (int g = 0; g < ours.length; g++) {
                    double bound = 3 * Math.sqrt(learner.meta().size(g) * (Math.log(ours.length) + 2)) + 3;
                    assertThat(ours[g] - own[g]).isLessThanOrEqualTo(bound);
                }
            }
        }
    }

    @Test
    void pathsByHand() {
        Dag graph =
                new Dag(4, new int[] {0, 1}, new int[] {0, 2}, new int[] {1, 3}, new int[] {2, 3}, new int[] {0, 3});
        assertThat(graph.argmin(new double[] {1, 2, 1, -2, 1.5})).containsExactly(1, 3);
        assertThat(graph.longestPath()).isEqualTo(2);
        PathTask task = new PathTask(graph);
        assertThat(task.loss(new int[] {0, 2}, new double[] {.5, 0, 1, 0, 0})).isEqualTo(.75);
        PerturbedPathLeader leader = new PerturbedPathLeader(graph, 0, 1);
        leader.learn(new double[0], new double[] {.1, .9, .1, .9, .9});
        assertThat(leader.leader()).containsExactly(0, 2);
        assertThat(Dag.layered(4, 3).edges()).isEqualTo(33);
        assertThat(Dag.layered(4, 3).longestPath()).isEqualTo(5);
        assertThatThrownBy(() -> new Dag(2, new int[] {1, 0})).hasMessageContaining("edge 0");
        assertThatThrownBy(() -> new Dag(0)).hasMessageContaining("at least 2 nodes");
        assertThatThrownBy(() -> new Dag(3, new int[] {0, 1})).hasMessageContaining("no path");
        assertThatThrownBy(() -> task.requireOutcome(3, new double[] {2, 0, 0, 0, 0}))
                .isInstanceOf(InvalidOutcomeException.class)
                .hasMessageContaining("edge 0");
        assertThatThrownBy(() -> new GroupwiseLearner<>(1, g -> leader, task, PredictionMode.AVERAGE, 1))
                .hasMessageContaining("RANDOMISED");
    }

    @Test
    void badInputIsNamedAndChangesNothing() {
        GroupwiseLearner<Double, Double> learner = ridge(2, 2, PredictionMode.RANDOMISED, 1);
        State before = learner.snapshot();
        assertThatThrownBy(() -> learner.decide(new GroupedInstance(new double[] {1}, 0)))
                .hasMessageContaining("1 features where 2");
        assertThatThrownBy(() -> learner.decide(new GroupedInstance(new double[] {1, Double.NaN}, 0)))
                .hasMessageContaining("feature 1");
        assertThatThrownBy(() -> learner.decide(new GroupedInstance(new double[] {1, 1}, 2)))
                .hasMessageContaining("no group 2");
        assertThat(learner.snapshot()).isEqualTo(before);
        assertThatThrownBy(() -> new OnlineRidge(2, 0)).hasMessageContaining("ridge");
    }
}
