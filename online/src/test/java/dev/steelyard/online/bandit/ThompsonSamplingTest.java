package dev.steelyard.online.bandit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steelyard.online.Decision;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ThompsonSamplingTest extends BanditContracts {

    @Override
    BanditLearner bandit(long seed) {
        return new ThompsonSampling(ARMS, seed);
    }

    /** Asking for probabilities, as the evaluation of a log does, leaves the decisions as they were. */
    @Test
    void askingForProbabilitiesMovesNothingOn() {
        BanditLearner asked = bandit(9);
        BanditLearner left = bandit(9);
        for (int round = 0; round < 100; round++) {
            ((ThompsonSampling) asked).probability(null, round % ARMS);
            Decision<Integer> decision = asked.decide();
            assertThat(left.decide()).isEqualTo(decision);
            asked.feedback(decision.id(), outcome(round, decision.action()));
            left.feedback(decision.id(), outcome(round, decision.action()));
        }
    }

    /** The mean of 1 / propensity over the pulls of an arm counts all pulls, also of an arm that is seldom played. */
    @Test
    void inversePropensitiesAreUnbiasedForArmsThatAreSeldomPlayed() {
        int learners = 2000;
        int rounds = 60;
        SplittableRandom random = new SplittableRandom(4);
        double sum = 0;
        double squares = 0;
        for (int seed = 0; seed < learners; seed++) {
            ThompsonSampling bandit = new ThompsonSampling(2, seed);
            double weights = 0;
            for (int round = 0; round < rounds; round++) {
                Decision<Integer> decision = bandit.decide();
                weights += decision.action() == 0 ? 1 / decision.propensity() : 0;
                bandit.feedback(decision.id(), random.nextDouble() < (decision.action() == 0 ? 0.7 : 0.3) ? 1.0 : 0.0);
            }
            sum += weights / rounds;
            squares += weights / rounds * (weights / rounds);
        }
        double mean = sum / learners;
        double error = Math.sqrt((squares / learners - mean * mean) / learners);
        assertThat(mean).isCloseTo(1, Offset.offset(4 * error));
        assertThat(error).as("the test can tell").isLessThan(0.1);
    }
}
