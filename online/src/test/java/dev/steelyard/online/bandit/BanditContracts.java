package dev.steelyard.online.bandit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steelyard.core.state.RestorableRandom;
import dev.steelyard.online.Decision;
import dev.steelyard.online.OnlineLearner;
import dev.steelyard.online.OnlineLearnerContract;
import dev.steelyard.online.Policy;
import org.junit.jupiter.api.Test;

/** The contract for every bandit of this package, and that each finds the best of a few arms. */
abstract class BanditContracts extends OnlineLearnerContract<Void, Integer, Double> {

    static final int ARMS = 4;
    private static final double[] MEANS = {0.7, 0.2, 0.6, 0.5};

    abstract BanditLearner bandit(long seed);

    @Override
    protected OnlineLearner<Void, Integer, Double> learner(long seed) {
        return bandit(seed);
    }

    @Override
    protected Void context(int round) {
        return null;
    }

    @Override
    protected Double outcome(int round, Integer arm) {
        return new RestorableRandom(31L * round + arm).nextDouble() < MEANS[arm] ? 1.0 : 0.0;
    }

    @Override
    protected Double invalidOutcome() {
        return Double.NaN;
    }

    @Test
    void theBestArmIsFound() {
        BanditLearner bandit = bandit(11);
        for (int round = 0; round < 4000; round++) {
            Decision<Integer> decision = bandit.decide();
            bandit.feedback(decision.id(), outcome(round, decision.action()));
        }
        assertThat(bandit.recommendation()).isEqualTo(1);
    }

    @Test
    void probabilitiesSumToOneAndAreTheDecisions() {
        BanditLearner bandit = bandit(4);
        @SuppressWarnings("unchecked")
        Policy<Void, Integer> policy = (Policy<Void, Integer>) bandit;
        for (int round = 0; round < 60; round++) {
            double sum = 0;
            double[] before = new double[ARMS];
            for (int arm = 0; arm < ARMS; arm++) {
                before[arm] = policy.probability(null, arm);
                sum += before[arm];
            }
            assertThat(sum).isCloseTo(1, within());
            Decision<Integer> decision = bandit.decide();
            assertThat(decision.propensity()).isCloseTo(before[decision.action()], within());
            bandit.feedback(decision.id(), outcome(round, decision.action()));
        }
    }

    /** How exact the probabilities are. */
    org.assertj.core.data.Offset<Double> within() {
        return org.assertj.core.data.Offset.offset(1e-9);
    }
}
