package dev.steelyard.optim;

import static dev.steelyard.optim.OneElement.afterSteps;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.steelyard.torch.Optimizer;
import dev.steelyard.torch.Tensor;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SignSgdTest extends OptimizerContract {

    private static final double EXACT = 1e-12;

    @Override
    protected Optimizer create(Map<String, Tensor> parameters) {
        return new SignSgd(parameters, new SignSgdOptions(0.01, 0.01));
    }

    @Test
    void movesByTheSignAndStaysAtZero() {
        SignSgdOptions options = new SignSgdOptions(0.1, 0);
        assertThat(afterSteps(p -> new SignSgd(p, options), 1, 7)).isCloseTo(0.9, within(EXACT));
        assertThat(afterSteps(p -> new SignSgd(p, options), 1, 0)).isEqualTo(1);
    }

    @Test
    void decayIsScaledByTheLearningRate() {
        // 1 * (1 - 0.1 * 0.5) + 0.1
        SignSgdOptions options = new SignSgdOptions(0.1, 0.5);
        assertThat(afterSteps(p -> new SignSgd(p, options), 1, -7)).isCloseTo(1.05, within(EXACT));
    }

    @Test
    void optionsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new SignSgdOptions(0.1, Double.NaN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("weightDecay")
                .hasMessageContaining("was NaN");
    }
}
