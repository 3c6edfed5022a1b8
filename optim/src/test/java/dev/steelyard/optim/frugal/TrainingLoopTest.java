package dev.steelyard.optim.frugal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.steelyard.optim.frugal.TrainingLoop.Schedule;
import org.junit.jupiter.api.Test;

class TrainingLoopTest {

    @Test
    void theRateRisesOverTheWarmUpAndFallsAsItsScheduleSays() {
        assertThat(Schedule.COSINE.factor(0, 100)).isCloseTo(0.1, within(1e-12));
        assertThat(Schedule.COSINE.factor(9, 100)).isEqualTo(1);
        // Half way between the steps 10 and 100 the cosine stands in the middle between 1 and 0.1.
        assertThat(Schedule.COSINE.factor(55, 100)).isCloseTo(0.55, within(1e-12));
        assertThat(Schedule.COSINE.factor(99, 100)).isBetween(0.1, 0.101);
        assertThat(Schedule.LINEAR.factor(2, 100)).isCloseTo(0.5, within(1e-12));
        assertThat(Schedule.LINEAR.factor(6, 100)).isEqualTo(1);
        assertThat(Schedule.LINEAR.factor(53, 100)).isCloseTo(0.5, within(1e-12));
        assertThat(Schedule.LINEAR.factor(99, 100)).isCloseTo(1 / 94.0, within(1e-12));
    }
}
