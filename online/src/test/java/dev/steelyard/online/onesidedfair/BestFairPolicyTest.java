package dev.steelyard.online.onesidedfair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Against the figures that were computed once with another solver. */
class BestFairPolicyTest {

    private static double error(double tolerance) {
        Panel panel = LendingEnvironment.panel(.2, .6);
        return BestFairPolicy.find(
                        LendingEnvironment.hypotheses(),
                        LendingEnvironment.grid(),
                        LendingEnvironment::probabilityOfOne,
                        panel::dissimilarity,
                        tolerance)
                .error();
    }

    @Test
    void theStricterTheWorse() {
        assertThat(error(Double.POSITIVE_INFINITY)).isCloseTo(.1678, within(.002));
        assertThat(error(.2)).isCloseTo(.2409, within(.003));
        assertThat(error(.1)).isCloseTo(.2544, within(.003));
    }
}
