package dev.steelyard.online.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.steelyard.core.state.RestorableRandom;
import dev.steelyard.online.bandit.EpsilonGreedy;
import dev.steelyard.online.bandit.Exp3;
import dev.steelyard.online.bandit.Exp3Options;
import dev.steelyard.online.bandit.Ucb1;
import dev.steelyard.online.bandit.UniformExploration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OffPolicyEvaluationTest {

    private static final double[] MEANS = {0.8, 0.3, 0.5};
    private final OffPolicyEvaluation<Void, Integer, Double> evaluation =
            new OffPolicyEvaluation<>(List.of(0, 1, 2), context -> new double[0]);

    private static List<LoggedDecision<Void, Integer, Double>> log(int length, double[] propensities) {
        RestorableRandom random = new RestorableRandom(5);
        List<LoggedDecision<Void, Integer, Double>> log = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            double target = random.nextDouble();
            int arm = target < propensities[0] ? 0 : target < propensities[0] + propensities[1] ? 1 : 2;
            double loss = random.nextDouble() < MEANS[arm] ? 1 : 0;
            log.add(new LoggedDecision<>(null, arm, propensities[arm], loss, loss));
        }
        return log;
    }

    @Test
    void theUniformLearnersLossIsTheMeanOfTheArms() {
        UniformExploration uniform = new UniformExploration(3, 1);
        Evaluation found = evaluation.evaluate(
                uniform, uniform::probability, log(20_000, new double[] {0.6, 0.1, 0.3}), new RestorableRandom(2));
        double truth = (0.8 + 0.3 + 0.5) / 3;
        for (MeanEstimate estimate : List.of(found.inversePropensity(), found.selfNormalised(), found.doublyRobust())) {
            assertThat(truth).isBetween(estimate.lower() - 0.01, estimate.upper() + 0.01);
        }
        assertThat(found.logged().mean()).isCloseTo(0.6 * 0.8 + 0.1 * 0.3 + 0.3 * 0.5, within(0.015));
        assertThat(found.doublyRobust().standardError())
                .isLessThan(found.inversePropensity().standardError());
        assertThat(found.largestWeight()).isCloseTo(1 / 3.0 / 0.1, within(1e-12));
    }

    @Test
    void aLearnerIsEvaluatedAsItLearns() {
        double[] uniform = {1 / 3.0, 1 / 3.0, 1 / 3.0};
        EpsilonGreedy greedy = new EpsilonGreedy(3, 0.1, 7);
        Evaluation found =
                evaluation.evaluate(greedy, greedy::probability, log(30_000, uniform), new RestorableRandom(2));
        // After learning it loses 0.9 * 0.3 + 0.1 * mean of all, which is 0.323.
        assertThat(found.doublyRobust().mean()).isCloseTo(0.323, within(0.02));
        assertThat(found.learnt()).isCloseTo(10_000, within(500L));
        assertThat(greedy.recommendation()).isEqualTo(1);
        assertThat(greedy.pending()).isZero();
    }

    @Test
    void deterministicAndAdversarialLearnersAreEvaluatedToo() {
        double[] uniform = {1 / 3.0, 1 / 3.0, 1 / 3.0};
        Ucb1 ucb = new Ucb1(3, 1);
        Exp3 exp3 = new Exp3(Exp3Options.forHorizon(3, 10_000, 1), 1);
        assertThat(evaluation
                        .evaluate(ucb, ucb::probability, log(30_000, uniform), new RestorableRandom(2))
                        .doublyRobust()
                        .mean())
                .isCloseTo(0.3, within(0.03));
        assertThat(evaluation
                        .evaluate(exp3, exp3::probability, log(30_000, uniform), new RestorableRandom(2))
                        .doublyRobust()
                        .mean())
                .isLessThan(0.4);
    }

    @Test
    void contextsEnterTheModel() {
        // The loss is the context's for action 0 and one minus it for action 1: a model of contexts predicts exactly.
        OffPolicyEvaluation<double[], Integer, Double> contextual =
                new OffPolicyEvaluation<>(List.of(0, 1), context -> context);
        RestorableRandom random = new RestorableRandom(3);
        List<LoggedDecision<double[], Integer, Double>> log = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            double x = random.nextDouble();
            int action = random.nextInt(2);
            double loss = action == 0 ? x : 1 - x;
            log.add(new LoggedDecision<>(new double[] {x}, action, 0.5, loss, loss));
        }
        AlwaysZero learner = new AlwaysZero();
        Evaluation found =
                contextual.evaluate(learner, (context, action) -> action == 0 ? 1 : 0, log, new RestorableRandom(1));
        assertThat(found.doublyRobust().mean()).isCloseTo(0.5, within(0.02));
        assertThat(found.doublyRobust().standardError())
                .isLessThan(0.6 * found.inversePropensity().standardError());
    }

    /** One decision in 3000 was all but impossible; with its propensity as the share, one decision would be learnt. */
    @Test
    void aTinyPropensityDoesNotKeepTheRestFromBeingLearnt() {
        double[] uniform = {1 / 3.0, 1 / 3.0, 1 / 3.0};
        List<LoggedDecision<Void, Integer, Double>> log = log(3000, uniform);
        log.add(1500, new LoggedDecision<>(null, 0, 1e-7, 1.0, 1.0));
        EpsilonGreedy greedy = new EpsilonGreedy(3, 0.1, 7);
        long learnt = evaluation
                .evaluate(greedy, (context, arm) -> arm == 0 ? 1e-7 : 0.5, log, new RestorableRandom(2))
                .learnt();
        assertThat(learnt).isBetween(600L, 1100L);
    }

    @Test
    void theShareOfTheHistoryIsALowQuantileOfPropensitiesByWeight() {
        HistoryShare share = new HistoryShare();
        assertThat(share.next(0.25, 0)).isEqualTo(1);
        assertThat(share.next(0.25, 2)).isEqualTo(0.25);
        assertThat(share.next(0.01, 1)).as("a third of all weight").isEqualTo(0.01);
        for (int i = 0; i < 48; i++) {
            assertThat(share.next(0.5, 2)).isEqualTo(0.01);
        }
        assertThat(share.next(0.5, 2)).as("1 of 101").isEqualTo(0.25);
    }

    @Test
    void badLogsAreRefused() {
        UniformExploration uniform = new UniformExploration(3, 1);
        assertThatThrownBy(() -> evaluation.evaluate(uniform, uniform::probability, List.of(), new RestorableRandom(2)))
                .hasMessageContaining("no decision");
        assertThatThrownBy(() -> evaluation.evaluate(
                        uniform,
                        uniform::probability,
                        List.of(new LoggedDecision<>(null, 7, 0.5, 0.0, 0.0)),
                        new RestorableRandom(2)))
                .hasMessageContaining("decision 0")
                .hasMessageContaining("7");
        assertThatThrownBy(() -> new LoggedDecision<>(null, 0, 0, 0.0, 0.0)).hasMessageContaining("propensity");
        assertThatThrownBy(
                        () -> new OffPolicyEvaluation<Void, Integer, Double>(List.of(1, 1), context -> new double[0]))
                .hasMessageContaining("twice");
    }
}
