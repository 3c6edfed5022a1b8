package dev.steelyard.online.bandit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.steelyard.core.state.State;
import dev.steelyard.core.state.StateException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LowestMeanTest {

    private static final int ARMS = 3;

    /** Through several builds: what was led on is what is built from the counts alone. */
    @Test
    void whatWasLedOnIsWhatIsBuiltAnew() {
        SplittableRandom random = new SplittableRandom(1);
        double[] means = {0.5, 0.52, 0.9};
        LowestMean lowest = new LowestMean(ARMS);
        long[] alpha = {1, 1, 1};
        long[] beta = {1, 1, 1};
        for (int round = 1; round <= 6000; round++) {
            int arm = lowest.draw(random);
            boolean failure = random.nextDouble() < means[arm];
            lowest.observe(arm, failure);
            (failure ? alpha : beta)[arm]++;
            if (round % 500 == 0) {
                BetaQuadrature fresh = new BetaQuadrature(alpha, beta);
                for (int each = 0; each < ARMS; each++) {
                    assertThat(lowest.probability(each)).isCloseTo(fresh.probability(each), within(1e-7));
                }
            }
        }
    }

    /** An arm that had won for long turns bad: its posterior leaves the panels, which are built anew. */
    @Test
    void aWorldThatTurnsIsFollowed() {
        LowestMean lowest = new LowestMean(2);
        for (int round = 0; round < 500; round++) {
            lowest.observe(0, false);
            lowest.observe(1, round % 2 == 0);
        }
        assertThat(lowest.probability(0)).isCloseTo(1, within(1e-9));
        for (int round = 0; round < 1500; round++) {
            lowest.observe(0, true);
        }
        assertThat(lowest.probability(1)).isCloseTo(1, within(1e-7));
        assertThat(lowest.draw(new SplittableRandom(1))).isEqualTo(1);
    }

    @Test
    void aRestoredOneIsTheSameToTheBitWhereverItWasSaved() {
        for (int saved : new int[] {0, 1, 40, 700, 1535, 1536, 3000}) {
            LowestMean lowest = new LowestMean(ARMS);
            learn(lowest, new SplittableRandom(2), saved);
            LowestMean restored = LowestMean.from(State.fromJson(lowest.state().toJson()), ARMS);
            assertThat(learn(restored, new SplittableRandom(9), 2000))
                    .isEqualTo(learn(lowest, new SplittableRandom(9), 2000));
            assertThat(restored.state()).isEqualTo(lowest.state());
        }
    }

    private static String learn(LowestMean lowest, SplittableRandom random, int rounds) {
        StringBuilder said = new StringBuilder();
        for (int round = 0; round < rounds; round++) {
            int arm = lowest.draw(random);
            said.append(arm).append('@').append(lowest.probability(arm)).append(' ');
            lowest.observe(arm, random.nextDouble() < 0.4 + 0.1 * arm);
        }
        return said.toString();
    }

    @Test
    void damagedStatesAreRefused() {
        State good = new LowestMean(ARMS).state();
        assertThat(LowestMean.from(good, ARMS).probability(0)).isCloseTo(1.0 / ARMS, within(1e-9));
        assertThatThrownBy(() -> LowestMean.from(good, ARMS + 1)).isInstanceOf(StateException.class);
        assertThatThrownBy(() ->
                        LowestMean.from(new LowestMean(ARMS).state().put("observed", new long[] {2L * ARMS}), ARMS))
                .isInstanceOf(StateException.class)
                .hasMessageContaining("observation 6");
        assertThatThrownBy(() ->
                        LowestMean.from(new LowestMean(ARMS).state().put("failures", new long[] {0, -1, 0}), ARMS))
                .isInstanceOf(StateException.class)
                .hasMessageContaining("arm 1");
    }
}
