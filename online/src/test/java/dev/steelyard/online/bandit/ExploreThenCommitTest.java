package dev.steelyard.online.bandit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExploreThenCommitTest extends BanditContracts {

    @Override
    BanditLearner bandit(long seed) {
        return new ExploreThenCommit(ARMS, 2, 20, seed);
    }

    @Test
    void burnInIsPlayedAndNotCounted() {
        ExploreThenCommit bandit = new ExploreThenCommit(2, 3, 2, 0);
        // Arm 0 is bad at first and best once repeated; arm 1 is the same always.
        double[] losses = {1, 1, 1, 0, 0, 0.5, 0.5, 0.5, 0.5, 0.5};
        for (int round = 0; round < 10; round++) {
            var decision = bandit.decide();
            assertThat(decision.action()).isEqualTo(round / 5);
            bandit.feedback(decision.id(), losses[round]);
        }
        assertThat(bandit.decide().action()).isZero();
    }
}
