package dev.steelyard.optim;

import static dev.steelyard.optim.OneElement.afterSteps;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.steelyard.torch.Optimizer;
import dev.steelyard.torch.Tensor;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AdamTest extends OptimizerContract {

    private static final double EXACT = 1e-12;

    @Override
    protected Optimizer create(Map<String, Tensor> parameters) {
        return new Adam(parameters, new AdamOptions(0.01, 0.9, 0.999, 1e-8, 0.01));
    }

    @Test
    void theFirstStepIsTheLearningRate() {
        // Corrected moments are g and g^2: 1 - 0.1 * 0.5 / (0.5 + 0.5)
        AdamOptions options = new AdamOptions(0.1, 0.9, 0.999, 0.5, 0);
        assertThat(afterSteps(p -> new Adam(p, options), 1, 0.5)).isCloseTo(0.95, within(EXACT));
    }

    @Test
    void decayIsCoupledToTheGradient() {
        // The gradient is 0.5 + 0.25 * 2 = 1: 2 - 0.1 * 1 / (1 + 1)
        AdamOptions options = new AdamOptions(0.1, 0.9, 0.999, 1, 0.25);
        assertThat(afterSteps(p -> new Adam(p, options), 2, 0.5)).isCloseTo(1.95, within(EXACT));
    }

    @Test
    void optionsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new AdamOptions(0.1, 0.9, 1, 1e-8, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("beta2")
                .hasMessageContaining("was 1.0");
    }
}
