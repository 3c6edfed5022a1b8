package dev.steelyard.online.bandit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class Ucb1Test extends BanditContracts {

    @Override
    BanditLearner bandit(long seed) {
        return new Ucb1(ARMS, seed);
    }

    @Test
    void theIndexIsThePapers() {
        Ucb1 bandit = new Ucb1(2, 0);
        double[] sums = new double[2];
        int[] counts = new int[2];
        for (int round = 0; round < 200; round++) {
            int expected;
            if (round < 2) {
                expected = round;
            } else {
                double[] index = new double[2];
                for (int arm = 0; arm < 2; arm++) {
                    index[arm] = sums[arm] / counts[arm] - Math.sqrt(2 * Math.log(round) / counts[arm]);
                }
                expected = index[1] < index[0] ? 1 : 0;
            }
            var decision = bandit.decide();
            assertThat(decision.action()).isEqualTo(expected);
            double loss = decision.action() == 0 ? 0.6 : 0.4;
            sums[expected] += loss;
            counts[expected]++;
            bandit.feedback(decision.id(), loss);
        }
    }

    /** Given up pulls do not count as asked for: an arm all of whose pulls were given up is new again. */
    @Test
    void anArmWhosePullsWereGivenUpIsAskedForAgain() {
        Ucb1 bandit = new Ucb1(3, 0);
        for (int arm = 0; arm < 3; arm++) {
            assertThat(bandit.decide().action()).isEqualTo(arm);
        }
        bandit.feedback(0, 0.5);
        bandit.expire(1);
        bandit.feedback(2, 0.5);
        assertThat(bandit.decide().action()).isEqualTo(1);
    }
}
