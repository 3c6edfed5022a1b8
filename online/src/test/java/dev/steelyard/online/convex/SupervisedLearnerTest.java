package dev.steelyard.online.convex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.steelyard.core.state.RestorableRandom;
import dev.steelyard.core.state.State;
import dev.steelyard.online.Decision;
import dev.steelyard.online.OnlineLearner;
import dev.steelyard.online.OnlineLearnerContract;
import dev.steelyard.online.oomdsea.ImplicitMirrorDescent;
import dev.steelyard.online.oomdsea.OptimisticMirrorDescent;
import dev.steelyard.online.oomdsea.OptimisticNewtonStep;
import dev.steelyard.online.oomdsea.StepSchedule;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SupervisedLearnerTest {

    private static final Ball BALL = Ball.aroundZero(3, 5);

    private static WeightLearner implicit(ImplicitMirrorDescent.Play play) {
        return new ImplicitMirrorDescent(BALL, new StepSchedule.Convex(10, 3, 0, true), play);
    }

    private static WeightLearner mirror() {
        return WeightLearner.byGradients(new OptimisticMirrorDescent(BALL, new StepSchedule.Convex(10, 1, 0, true)));
    }

    private static SupervisedLearner learner(ScalarLoss loss, WeightLearner weights) {
        return new SupervisedLearner(loss, 2, true, weights);
    }

    abstract static class Contract extends OnlineLearnerContract<double[], Double, Double> {
        @Override
        protected double[] context(int round) {
            return new double[] {Math.sin(round), Math.cos(round / 3.0)};
        }

        @Override
        protected Double outcome(int round, Double action) {
            return round % 3 == 0 ? 1.0 : 0.0;
        }

        @Override
        protected Double invalidOutcome() {
            return Double.NaN;
        }
    }

    @Nested
    class Squared extends Contract {
        @Override
        protected OnlineLearner<double[], Double, Double> learner(long seed) {
            return SupervisedLearnerTest.learner(ScalarLoss.SQUARED, mirror());
        }
    }

    @Nested
    class HingeByProximalSteps extends Contract {
        @Override
        protected OnlineLearner<double[], Double, Double> learner(long seed) {
            return SupervisedLearnerTest.learner(ScalarLoss.HINGE, implicit(ImplicitMirrorDescent.Play.PROXIMAL));
        }
    }

    @Nested
    class AbsoluteByProximalAndGradientSteps extends Contract {
        @Override
        protected OnlineLearner<double[], Double, Double> learner(long seed) {
            return SupervisedLearnerTest.learner(ScalarLoss.ABSOLUTE, implicit(ImplicitMirrorDescent.Play.GRADIENT));
        }
    }

    /** y = 1 - 2 a + .5 b exactly: the weights must come near, whatever the steps. */
    @Test
    void itFindsTheWeights() {
        double[] truth = {-2, .5, 1};
        WeightLearner newton = WeightLearner.byGradients(OptimisticNewtonStep.of(Ball.aroundZero(3, 5), 20, .05, 1));
        for (SupervisedLearner learner : List.of(
                learner(ScalarLoss.SQUARED, mirror()),
                learner(ScalarLoss.SQUARED, newton),
                learner(ScalarLoss.ABSOLUTE, implicit(ImplicitMirrorDescent.Play.PROXIMAL)),
                learner(ScalarLoss.ABSOLUTE, implicit(ImplicitMirrorDescent.Play.GRADIENT)))) {
            RestorableRandom random = new RestorableRandom(1);
            for (int n = 0; n < 4000; n++) {
                double[] x = {random.nextGaussian(), random.nextGaussian()};
                learner.learn(x, 1 - 2 * x[0] + .5 * x[1]);
            }
            assertThat(learner.weights()).as(learner.name()).containsExactly(truth, within(.15));
            assertThat(learner.examples()).isEqualTo(4000);
            assertThat(learner.meanLoss()).as(learner.name()).isLessThan(.2);
        }
    }

    @Test
    void logisticPredictionsAreProbabilities() {
        SupervisedLearner learner = learner(ScalarLoss.LOGISTIC, mirror());
        assertThat(learner.predict(new double[] {1, 1})).isEqualTo(.5);
        assertThat(learner.meanLoss()).isNaN();
        RestorableRandom random = new RestorableRandom(2);
        for (int n = 0; n < 3000; n++) {
            double[] x = {random.nextGaussian(), random.nextGaussian()};
            learner.learn(x, random.nextDouble() < 1 / (1 + Math.exp(-2 * x[0])) ? 1 : 0);
        }
        assertThat(learner.predict(new double[] {1, 0})).isCloseTo(1 / (1 + Math.exp(-2)), within(.06));
        assertThat(learner.predict(new double[] {-1, 0})).isCloseTo(1 / (1 + Math.exp(2)), within(.06));
    }

    /** A late label's gradient is taken at the weights that predicted it. */
    @Test
    void lateLabelsKeepTheirWeights() {
        OnlineGradientDescent descent = new OnlineGradientDescent(BALL, new DescentStep.Fixed(.1));
        SupervisedLearner learner = learner(ScalarLoss.SQUARED, WeightLearner.byGradients(descent));
        Decision<Double> first = learner.decide(new double[] {1, 0});
        Decision<Double> second = learner.decide(new double[] {1, 0});
        learner.feedback(first.id(), 1.0);
        assertThat(learner.weights()).containsExactly(.1, 0, .1);
        learner.feedback(second.id(), 1.0);
        // At the new weights the gradient would be -.8 in place of -1.
        assertThat(learner.weights()).containsExactly(.2, 0, .2);
        assertThat(learner.meanLoss()).isEqualTo(.5);
    }

    @Test
    void aBatchIsOneRoundOfTheMeanGradient() {
        OnlineGradientDescent descent = new OnlineGradientDescent(BALL, new DescentStep.Fixed(.1));
        SupervisedLearner learner = learner(ScalarLoss.SQUARED, WeightLearner.byGradients(descent));
        double loss =
                learner.learnBatch(List.of(new Example(new double[] {1, 0}, 1), new Example(new double[] {0, 1}, 2)));
        assertThat(loss).isEqualTo((.5 + 2) / 2);
        assertThat(learner.weights()).containsExactly(new double[] {.05, .1, .15}, within(1e-15));
        assertThat(learner.examples()).isEqualTo(2);
    }

    @Test
    void badExamplesAreNamedAndChangeNothing() {
        SupervisedLearner learner = learner(ScalarLoss.HINGE, mirror());
        State before = learner.snapshot();
        assertThatThrownBy(() -> learner.learn(new double[] {1}, 1)).hasMessageContaining("has 1 features where 2");
        assertThatThrownBy(() -> learner.learn(new double[] {1, Double.NaN}, 1)).hasMessageContaining("feature 1");
        assertThatThrownBy(() -> learner.learn(new double[] {1, 1}, 7)).hasMessageContaining("label is 7");
        assertThatThrownBy(() -> learner.learnBatch(List.of())).hasMessageContaining("at least one");
        assertThatThrownBy(() -> learner.learnBatch(
                        List.of(new Example(new double[] {1, 1}, 1), new Example(new double[] {1, 1}, 7))))
                .hasMessageContaining("label is 7");
        assertThat(learner.snapshot()).isEqualTo(before);
        assertThatThrownBy(() -> new SupervisedLearner(ScalarLoss.HINGE, 3, true, mirror()))
                .hasMessageContaining("dimension 4");
    }
}
