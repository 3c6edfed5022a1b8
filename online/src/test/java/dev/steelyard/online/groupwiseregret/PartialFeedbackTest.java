package dev.steelyard.online.groupwiseregret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.steelyard.core.state.State;
import dev.steelyard.online.Decision;
import dev.steelyard.online.InvalidOutcomeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Where only the loss of what was played is seen. */
class PartialFeedbackTest {

    private static final double[] NOTHING = {};
    private static final ActionTask TASK = new ActionTask(3);

    private static List<Function<double[], Integer>> constants() {
        List<Function<double[], Integer>> constants = new ArrayList<>();
        for (int action = 0; action < 3; action++) {
            int a = action;
            constants.add(x -> a);
        }
        return constants;
    }

    private static GroupwiseLearner<Integer, double[]> learner(int groups, double rate, long seed) {
        return new GroupwiseLearner<>(
                groups,
                g -> new FiniteClass<>(constants(), TASK, rate, seed + 1 + g),
                TASK,
                PredictionMode.RANDOMISED,
                seed);
    }

    /** Enumerating what may be played: the mean of a group's estimated loss is the loss that it expects. */
    @Test
    void estimatesAreUnbiased() {
        double[] losses = {.2, .9, .4};
        double[][] shares = {{.5, .3, .2}, {.1, .1, .8}};
        double[] weights = {.25, .75};
        double[] mean = new double[2];
        for (int played = 0; played < 3; played++) {
            double[] own = {shares[0][played], shares[1][played]};
            GroupedRound<Integer> round =
                    new GroupedRound<>(NOTHING, new int[] {0, 1}, weights, List.of(played, played), 0, own);
            double probability = weights[0] * own[0] + weights[1] * own[1];
            assertThat(round.propensity()).isCloseTo(probability, within(1e-15));
            double[] estimate = round.estimate(losses[played]);
            assertThat(weights[0] * estimate[0] + weights[1] * estimate[1]).isCloseTo(losses[played], within(1e-12));
            mean[0] += probability * estimate[0];
            mean[1] += probability * estimate[1];
        }
        assertThat(mean[0]).isCloseTo(.5 * .2 + .3 * .9 + .2 * .4, within(1e-12));
        assertThat(mean[1]).isCloseTo(.1 * .2 + .1 * .9 + .8 * .4, within(1e-12));
    }

    @Test
    void deterministicLearnersShareTheLossOfWhatTheyAgreeOn() {
        GroupwiseLearner<Integer, double[]> learner = new GroupwiseLearner<>(
                3,
                g -> new FiniteClass<>(List.of((Function<double[], Integer>) x -> g == 2 ? 1 : 0), TASK, 1, g),
                TASK,
                PredictionMode.RANDOMISED,
                1);
        Decision<Integer> decision = learner.decide(new GroupedInstance(NOTHING, 0, 1, 2));
        double propensity = decision.action() == 0 ? 2 / 3.0 : 1 / 3.0;
        assertThat(decision.propensity()).isCloseTo(propensity, within(1e-12));
        learner.feedbackOnPlayed(decision.id(), .5);
        for (int group = 0; group < 3; group++) {
            boolean played = (group == 2 ? 1 : 0) == decision.action();
            assertThat(learner.meta().regret(group)).isCloseTo(.5 - (played ? .5 / propensity : 0), within(1e-12));
        }
    }

    @Test
    void aGroupsBestActionIsFoundFromWhatWasPlayedAlone() {
        int rounds = 6000;
        GroupwiseLearner<Integer, double[]> learner = learner(3, .05, 7);
        Random random = new Random(8);
        double late = 0;
        int counted = 0;
        for (int t = 0; t < rounds; t++) {
            boolean first = random.nextBoolean();
            Decision<Integer> decision = learner.decide(new GroupedInstance(NOTHING, first ? 0 : 1, 2));
            double mean = decision.action() == (first ? 0 : 2) ? .1 : .8;
            learner.feedbackOnPlayed(decision.id(), random.nextDouble() < mean ? 1 : 0);
            if (t >= rounds / 2) {
                late += mean;
                counted++;
            }
        }
        // The best single action has .45.
        assertThat(late / counted).isLessThan(.25);
    }

    @Test
    void ofOneGroupItIsExp3() {
        GroupwiseLearner<Integer, double[]> learner = learner(1, .1, 3);
        double[] sums = new double[3];
        Random random = new Random(2);
        for (int t = 0; t < 200; t++) {
            double[] weights = ((FiniteClass<Integer, double[]>) learner.expert(0)).weights();
            double normaliser = 0;
            for (double sum : sums) {
                normaliser += Math.exp(-.1 * sum);
            }
            for (int action = 0; action < 3; action++) {
                assertThat(weights[action]).isCloseTo(Math.exp(-.1 * sums[action]) / normaliser, within(1e-12));
            }
            Decision<Integer> decision = learner.decide(new GroupedInstance(NOTHING, 0));
            assertThat(decision.propensity()).isCloseTo(weights[decision.action()], within(1e-12));
            double loss = random.nextDouble();
            learner.feedbackOnPlayed(decision.id(), loss);
            sums[decision.action()] += loss / weights[decision.action()];
        }
    }

    @Test
    void withAllLossesSeenItIsHedge() {
        FiniteClass<Integer, double[]> hedge = new FiniteClass<>(constants(), TASK, .5, 1);
        hedge.learn(NOTHING, new double[] {1, 0, .5});
        hedge.learn(NOTHING, TASK.wrongUnless(1));
        double sum = Math.exp(-1) + 1 + Math.exp(-.75);
        assertThat(hedge.weights())
                .containsExactly(new double[] {Math.exp(-1) / sum, 1 / sum, Math.exp(-.75) / sum}, within(1e-12));
        FiniteClass<Integer, double[]> restored = new FiniteClass<>(constants(), TASK, .5, 9);
        restored.load(State.fromJson(hedge.state().toJson())).run();
        for (int draw = 0; draw < 30; draw++) {
            assertThat(restored.predict(NOTHING)).isEqualTo(hedge.predict(NOTHING));
        }
    }

    @Test
    void whatCannotBeLearntIsNamedAndChangesNothing() {
        GroupwiseLearner<Integer, double[]> learner = learner(2, .1, 3);
        long id = learner.decide(new GroupedInstance(NOTHING, 0, 1)).id();
        State before = learner.snapshot();
        assertThatThrownBy(() -> learner.feedbackOnPlayed(id, 1.5)).isInstanceOf(InvalidOutcomeException.class);
        assertThatThrownBy(() -> learner.feedback(id, new double[] {0, 0, 2}))
                .isInstanceOf(InvalidOutcomeException.class)
                .hasMessageContaining("action 2");
        assertThat(learner.snapshot()).isEqualTo(before);
        learner.feedbackOnPlayed(learner.decide(new GroupedInstance(NOTHING)).id(), 1);
        GroupwiseLearner<Double, Double> averaged = new GroupwiseLearner<>(
                1, g -> new OnlineRidge(1, 1), GroupTask.squaredLoss(0, 1), PredictionMode.AVERAGE, 1);
        long average = averaged.decide(new GroupedInstance(new double[] {1}, 0)).id();
        assertThatThrownBy(() -> averaged.feedbackOnPlayed(average, .5)).hasMessageContaining("RANDOMISED");
        assertThat(averaged.pending()).isEqualTo(1);
        assertThatThrownBy(() -> new ActionTask(0)).hasMessageContaining("actions");
        assertThatThrownBy(() -> new FiniteClass<>(List.of(), TASK, 1, 1)).hasMessageContaining("predictor");
    }
}
