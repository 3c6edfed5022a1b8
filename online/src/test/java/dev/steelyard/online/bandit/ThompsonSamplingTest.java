package dev.steelyard.online.bandit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ThompsonSamplingTest extends BanditContracts {

    @Override
    BanditLearner bandit(long seed) {
        return new ThompsonSampling(ARMS, 100, seed);
    }

    @Override
    org.assertj.core.data.Offset<Double> within() {
        // Four standard errors of the sum of four estimates by 100 draws, and the added one.
        return org.assertj.core.data.Offset.offset(0.45);
    }

    @Test
    void drawsHaveTheMomentsOfTheBetaDistribution() {
        BetaDraws draws = new BetaDraws(new dev.steelyard.core.state.RestorableRandom(1));
        int count = 40_000;
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < count; i++) {
            double draw = draws.next(3, 5);
            sum += draw;
            squares += draw * draw;
        }
        double mean = sum / count;
        assertThat(mean).isCloseTo(3.0 / 8, org.assertj.core.data.Offset.offset(0.004));
        assertThat(squares / count - mean * mean)
                .isCloseTo(15.0 / (64 * 9), org.assertj.core.data.Offset.offset(0.001));
    }

    /** Asking for probabilities, as the evaluation of a log does, leaves the decisions as they were. */
    @Test
    void askingForProbabilitiesMovesNothingOn() {
        BanditLearner asked = bandit(9);
        BanditLearner left = bandit(9);
        for (int round = 0; round < 100; round++) {
            ((ThompsonSampling) asked).probability(null, round % ARMS);
            var decision = asked.decide();
            assertThat(left.decide()).isEqualTo(decision);
            asked.feedback(decision.id(), outcome(round, decision.action()));
            left.feedback(decision.id(), outcome(round, decision.action()));
        }
    }
}
