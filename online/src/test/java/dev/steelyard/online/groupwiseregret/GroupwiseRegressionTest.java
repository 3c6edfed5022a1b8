package dev.steelyard.online.groupwiseregret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.steelyard.core.state.State;
import dev.steelyard.online.Decision;
import dev.steelyard.online.OnlineLearner;
import dev.steelyard.online.OnlineLearnerContract;
import dev.steelyard.online.groupwiseregret.GroupwiseOptions.Mode;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class GroupwiseRegressionTest extends OnlineLearnerContract<GroupedFeatures, Double, Double> {

    private static final Offset<Double> DIGITS = within(6e-9);

    @Override
    protected OnlineLearner<GroupedFeatures, Double, Double> learner(long seed) {
        return new GroupwiseRegression(new GroupwiseOptions(3, 2, Mode.RANDOMISED), seed);
    }

    @Override
    protected GroupedFeatures context(int round) {
        int[] groups = round % 7 == 3 ? new int[0] : round % 2 == 0 ? new int[] {0, 2} : new int[] {1, 2};
        return new GroupedFeatures(new double[] {Math.sin(round), 1}, groups);
    }

    @Override
    protected Double outcome(int round, Double action) {
        return .5 + .4 * Math.sin(3 * round) * (round % 2);
    }

    @Override
    protected Double invalidOutcome() {
        return Double.NaN;
    }

    @Test
    void workedExample() {
        GroupwiseRegression learner = new GroupwiseRegression(new GroupwiseOptions(2, 2, Mode.AVERAGE), 1);
        double[][] features = {{1, 0}, {1, 1}, {0, 1}, {1, 1}};
        double[] labels = {1, .2, .5, .6};
        int[][] groups = {{0, 1}, {1}, {0, 1}, {0, 1}};
        double[][] probabilities = {{.5, .5}, {1}, {.5, .5}, {.57770915, .42229085}};
        double[][] predictions = {{0, 0}, {.5}, {0, -.12}, {.75, .475}};
        double[] losses = {1, .09, .3172, .01959675};
        for (int t = 0; t < 4; t++) {
            long id =
                    learner.decide(new GroupedFeatures(features[t], groups[t])).id();
            double[] p = learner.probabilities(id);
            double[] z = learner.predictions(id);
            assertThat(p).containsExactly(probabilities[t], DIGITS);
            assertThat(z).containsExactly(predictions[t], DIGITS);
            double loss = 0;
            for (int i = 0; i < p.length; i++) {
                loss += p[i] * (z[i] - labels[t]) * (z[i] - labels[t]);
            }
            assertThat(loss).isCloseTo(losses[t], DIGITS);
            learner.feedback(id, labels[t]);
        }
        assertThat(learner.weighing().regrets()).containsExactly(new double[] {.06429675, -.06322825}, DIGITS);
        assertThat(learner.weighing().absoluteRegrets()).containsExactly(new double[] {.07010325, .07117175}, DIGITS);
        assertThat(learner.learner(0).weights()).containsExactly(new double[] {.4625, .2125}, DIGITS);
        assertThat(learner.learner(1).weights()).containsExactly(new double[] {.38333333, .13333333}, DIGITS);
    }

    @Test
    void oneGroupIsItsLearnerAndASleepingOneIsUntouched() {
        GroupwiseRegression learner = new GroupwiseRegression(new GroupwiseOptions(2, 2, Mode.AVERAGE), 1);
        OnlineRidge alone = new OnlineRidge(2, 1, false);
        State asleep = learner.learner(1).snapshot();
        for (int t = 0; t < 20; t++) {
            double[] features = {Math.cos(t), 1};
            Decision<Double> decision = learner.decide(new GroupedFeatures(features, new int[] {0}));
            assertThat(decision.action()).isEqualTo(alone.predict(features));
            learner.feedback(decision.id(), .1 * t);
            alone.update(features, .1 * t);
        }
        assertThat(learner.learner(1).snapshot()).isEqualTo(asleep);
    }

    @Test
    void duplicatedGroupsShareEqually() {
        GroupwiseRegression learner = new GroupwiseRegression(new GroupwiseOptions(2, 1, Mode.AVERAGE), 1);
        for (int t = 0; t < 10; t++) {
            long id = learner.decide(new GroupedFeatures(new double[] {1}, new int[] {0, 1}))
                    .id();
            learner.feedback(id, Math.sin(t));
        }
        assertThat(learner.weights(0, 1)).containsExactly(.5, .5);
        assertThat(learner.weighing().regrets()).containsOnly(0);
    }

    @Test
    void theForwardForecasterCountsTheFeaturesAtHand() {
        OnlineRidge forecaster = new OnlineRidge(1, 1, true);
        forecaster.update(new double[] {1}, 1);
        // sum x y = 1; lambda + sum x^2 with the round at hand = 1 + 1 + 4
        assertThat(forecaster.predict(new double[] {2})).isCloseTo(2.0 / 6, within(1e-12));
    }

    @Test
    void badInputIsNamed() {
        GroupwiseRegression learner = new GroupwiseRegression(new GroupwiseOptions(2, 2, Mode.AVERAGE), 1);
        assertThatThrownBy(() -> learner.decide(new GroupedFeatures(new double[] {1}, new int[] {0})))
                .hasMessageContaining("1 features");
        assertThatThrownBy(() -> learner.decide(new GroupedFeatures(new double[] {1, 2}, new int[] {2})))
                .hasMessageContaining("group 2 is unknown");
        assertThatThrownBy(() -> learner.decide(new GroupedFeatures(new double[] {1, 2}, new int[] {1, 1})))
                .hasMessageContaining("group 1 is named twice");
        assertThatThrownBy(() -> new GroupwiseOptions(2, 2, Mode.AVERAGE, 0, false))
                .hasMessageContaining("lambda");
        assertThat(learner.pending()).isZero();
    }
}
