package dev.steelyard.online.bandit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.steelyard.core.state.RestorableRandom;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LowestDrawsTest {

    private static final int ARMS = 3;
    private static final int DRAWS = 20_000;

    /** P(X_1 lowest) by draws of another generator, for Beta(2, 5), Beta(3, 4), Beta(1, 1). */
    @Test
    void sharesAreThoseOfTheDistributions() {
        LowestDraws lowest = new LowestDraws(ARMS, DRAWS, 7);
        long[] alpha = {2, 3, 1};
        long[] beta = {5, 4, 1};
        for (int arm = 0; arm < ARMS; arm++) {
            lowest.draw(arm, alpha[arm], beta[arm]);
        }
        BetaDraws draws = new BetaDraws(new RestorableRandom(3));
        int[] wins = new int[ARMS];
        for (int draw = 0; draw < DRAWS; draw++) {
            int best = 0;
            double least = 1;
            for (int arm = 0; arm < ARMS; arm++) {
                double value = draws.next(alpha[arm], beta[arm]);
                if (value < least) {
                    least = value;
                    best = arm;
                }
            }
            wins[best]++;
        }
        int sum = 0;
        for (int arm = 0; arm < ARMS; arm++) {
            // Four standard errors of the difference of two shares.
            assertThat(lowest.wins(arm) / (double) DRAWS).isCloseTo(wins[arm] / (double) DRAWS, within(0.02));
            sum += lowest.wins(arm);
        }
        assertThat(sum).isEqualTo(DRAWS);
    }

    @Test
    void countsAreAFunctionOfTheDistributionsWhateverWasBefore() {
        SplittableRandom random = new SplittableRandom(1);
        LowestDraws used = new LowestDraws(ARMS, 50, 7);
        long[] alpha = {1, 1, 1};
        long[] beta = {1, 1, 1};
        for (int change = 0; change < 300; change++) {
            int arm = change < ARMS ? change : random.nextInt(ARMS);
            alpha[arm] = 1 + random.nextInt(9);
            beta[arm] = 1 + random.nextInt(9);
            used.draw(arm, alpha[arm], beta[arm]);
            if (change < ARMS) {
                continue;
            }
            LowestDraws fresh = new LowestDraws(ARMS, 50, 7);
            for (int each = ARMS - 1; each >= 0; each--) {
                fresh.draw(each, alpha[each], beta[each]);
            }
            for (int each = 0; each < ARMS; each++) {
                assertThat(used.wins(each)).isEqualTo(fresh.wins(each));
            }
        }
    }
}
