package dev.steelyard.online.bandit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SuccessiveEliminationTest extends BanditContracts {

    @Override
    BanditLearner bandit(long seed) {
        return new SuccessiveElimination(ARMS, 4000, 0.01, 1, seed);
    }

    @Test
    void armsThatAreSurelyWorseAreDroppedForGood() {
        SuccessiveElimination bandit = new SuccessiveElimination(3, 1000, 0.1, 1, 0);
        for (int round = 0; round < 300; round++) {
            long decision = bandit.decide().id();
            bandit.feedback(decision, round % 3 == 1 && bandit.activeArms().length == 3 ? 0.0 : 1.0);
        }
        assertThat(bandit.activeArms()).contains(1);
    }

    /** At the end of a round the probabilities are those of the next round's first arm, after the elimination. */
    @Test
    void theProbabilityIsThatOfTheNextDecision() {
        SuccessiveElimination bandit = new SuccessiveElimination(3, 1000, 0.1, 1, 0);
        for (int round = 0; round < 300; round++) {
            double[] probabilities = {
                bandit.probability(null, 0), bandit.probability(null, 1), bandit.probability(null, 2)
            };
            var decision = bandit.decide();
            assertThat(probabilities[decision.action()]).isEqualTo(1);
            assertThat(probabilities).containsOnlyOnce(1);
            bandit.feedback(decision.id(), decision.action() == 2 ? 0.0 : 1.0);
        }
        assertThat(bandit.activeArms()).containsExactly(2);
    }

    @Test
    void theRadiusIsTheFormulas() {
        // Losses 0 and 1: the arms part once 1 - r > 0 + r, r = sqrt(ln(2 * 2 * log2(16) / 0.5) / (2 n)), that is n >
        // 7.
        SuccessiveElimination bandit = new SuccessiveElimination(2, 16, 0.5, 1, 0);
        int rounds = 0;
        while (bandit.activeArms().length == 2) {
            var decision = bandit.decide();
            bandit.feedback(decision.id(), (double) decision.action());
            rounds++;
        }
        double log = Math.log(2 * 2 * 4 / 0.5);
        int needed = (int) Math.ceil(2 * log);
        assertThat(rounds).isEqualTo(2 * needed + 1);
        assertThat(bandit.activeArms()).containsExactly(0);
    }
}
