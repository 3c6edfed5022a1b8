package dev.steelyard.online.experts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.steelyard.core.state.State;
import dev.steelyard.online.InvalidOutcomeException;
import dev.steelyard.online.MetaLearner;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AdaNormalHedgeTest {

    @Test
    void logarithmsOfWeightsByHand() {
        assertThat(AdaNormalHedge.logWeight(0, 0)).isCloseTo(-1.62046745, within(5e-9));
        assertThat(AdaNormalHedge.logWeight(2, 4)).isCloseTo(-.97659862, within(5e-9));
        assertThat(AdaNormalHedge.logWeight(5, 5)).isCloseTo(.90757902, within(5e-9));
        assertThat(AdaNormalHedge.logWeight(-1.5, 9)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(AdaNormalHedge.logWeight(2500, 2600)).isCloseTo(800.59656223, within(5e-8));
    }

    @Test
    void weightsAreProbabilitiesOfThoseAwakeAndTheBestWins() {
        for (MetaLearner meta : List.of(new AdaNormalHedge(4), new Hedge(4, .2))) {
            Random random = new Random(1);
            for (int round = 0; round < 500; round++) {
                int[] awake = round % 2 == 0 ? new int[] {0, 1, 3} : new int[] {1, 2};
                double[] probabilities = meta.weigh(awake, null);
                double sum = 0;
                double[] losses = new double[awake.length];
                for (int i = 0; i < awake.length; i++) {
                    sum += probabilities[i];
                    losses[i] = awake[i] == 1 ? .2 * random.nextDouble() : random.nextDouble();
                }
                assertThat(sum).isCloseTo(1, within(1e-12));
                meta.learn(awake, probabilities, null, losses);
            }
            assertThat(meta.weigh(new int[] {0, 1, 2, 3}, null)[1]).isGreaterThan(.95);
            State saved = meta.snapshot();
            MetaLearner other = meta instanceof Hedge ? new Hedge(4, .2) : new AdaNormalHedge(4);
            other.restore(State.fromJson(saved.toJson()));
            assertThat(other.weigh(new int[] {0, 2}, null)).isEqualTo(meta.weigh(new int[] {0, 2}, null));
        }
    }

    @Test
    void sleepersAreUntouchedAndPriorsCount() {
        AdaNormalHedge meta = new AdaNormalHedge(new double[] {3, 1, 1});
        assertThat(meta.weigh(new int[] {0, 1}, null)).containsExactly(new double[] {.75, .25}, within(1e-12));
        meta.learn(new int[] {0, 1}, new double[] {.75, .25}, null, new double[] {1, 0});
        assertThat(meta.regret(0)).isEqualTo(-.25);
        assertThat(meta.regret(1)).isEqualTo(.75);
        assertThat(meta.size(2)).isZero();
        for (int round = 0; round < 10; round++) {
            double[] p = meta.weigh(new int[] {0, 2}, null);
            meta.learn(new int[] {0, 2}, p, null, new double[] {1, 1});
        }
        assertThat(meta.regret(2)).isCloseTo(0, within(1e-12));
    }

    @Test
    void badRoundsAreNamed() {
        AdaNormalHedge meta = new AdaNormalHedge(2);
        assertThatThrownBy(() -> meta.weigh(new int[] {2}, null)).hasMessageContaining("no expert 2");
        assertThatThrownBy(() -> meta.weigh(new int[] {1, 1}, null)).hasMessageContaining("twice");
        assertThatThrownBy(() -> meta.learn(new int[] {0}, new double[] {1}, null, new double[] {Double.NaN}))
                .isInstanceOf(InvalidOutcomeException.class)
                .hasMessageContaining("expert 0");
        assertThatThrownBy(() -> new AdaNormalHedge(0)).hasMessageContaining("at least one");
        assertThatThrownBy(() -> new Hedge(2, 0)).hasMessageContaining("rate");
    }
}
