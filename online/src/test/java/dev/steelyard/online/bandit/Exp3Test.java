package dev.steelyard.online.bandit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class Exp3Test extends BanditContracts {

    @Override
    BanditLearner bandit(long seed) {
        return new Exp3(Exp3Options.forHorizon(ARMS, 4000, 1), seed);
    }

    @Test
    void estimatesAreDividedByTheProbabilityOfTheirTime() {
        Exp3 bandit = new Exp3(new Exp3Options(2, 0.5, 1, 0), 3);
        var first = bandit.decide();
        bandit.feedback(first.id(), 1.0);
        // The arm played has estimate 1 / 0.5 = 2, so weights exp(-1) to 1.
        double expected = Math.exp(-1) / (1 + Math.exp(-1));
        assertThat(bandit.probability(null, first.action())).isCloseTo(expected, within());
        assertThat(bandit.probability(null, 1 - first.action())).isCloseTo(1 - expected, within());
    }

    @Test
    void aBatchPlaysOneDrawAndCountsItsMean() {
        Exp3 bandit = new Exp3(new Exp3Options(2, 0.5, 4, 0), 3);
        int drawn = bandit.decide().action();
        for (int play = 1; play < 4; play++) {
            assertThat(bandit.decide().action()).isEqualTo(drawn);
        }
        for (int play = 0; play < 4; play++) {
            bandit.feedback(play, play % 2 == 0 ? 1.0 : 0.0);
        }
        double expected = Math.exp(-0.5) / (1 + Math.exp(-0.5));
        assertThat(bandit.probability(null, drawn)).isCloseTo(expected, within());
    }

    @Test
    void weightsSurviveALongRun() {
        Exp3 bandit = new Exp3(new Exp3Options(2, 5, 1, 0), 3);
        for (int round = 0; round < 2000; round++) {
            var decision = bandit.decide();
            bandit.feedback(decision.id(), 1.0);
            assertThat(bandit.probability(null, 0) + bandit.probability(null, 1))
                    .isCloseTo(1, within());
        }
    }
}
