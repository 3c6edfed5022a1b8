package dev.steelyard.online.experts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.steelyard.online.InvalidOutcomeException;
import org.junit.jupiter.api.Test;

class AdaNormalHedgeTest {

    @Test
    void logarithmsOfWeights() {
        assertThat(AdaNormalHedge.logWeight(0, 0)).isCloseTo(-1.62046745, within(6e-9));
        assertThat(AdaNormalHedge.logWeight(2, 4)).isCloseTo(-0.97659862, within(6e-9));
        assertThat(AdaNormalHedge.logWeight(5, 5)).isCloseTo(0.90757902, within(6e-9));
        assertThat(AdaNormalHedge.logWeight(-1.5, 9)).isEqualTo(Double.NEGATIVE_INFINITY);
        // By 40-digit arithmetic; the sheet's 800.5965623 is one unit too large in its last digit.
        assertThat(AdaNormalHedge.logWeight(2500, 2600)).isCloseTo(800.59656222716721, within(1e-9));
    }

    @Test
    void equalLossesKeepEverythingAtZeroAndANaNChangesNothing() {
        AdaNormalHedge hedge = new AdaNormalHedge(3);
        int[] awake = {0, 2};
        double[] equal = hedge.weigh(awake, null);
        hedge.learn(awake, equal, null, new double[] {.25, .25});
        assertThat(equal).containsExactly(.5, .5);
        assertThat(hedge.regrets()).containsOnly(0);
        assertThat(hedge.absoluteRegrets()).containsOnly(0);
        assertThatThrownBy(() -> hedge.learn(awake, equal, null, new double[] {.25, Double.NaN}))
                .isInstanceOf(InvalidOutcomeException.class)
                .hasMessageContaining("expert 2");
        assertThat(hedge.regrets()).containsOnly(0);
    }
}
