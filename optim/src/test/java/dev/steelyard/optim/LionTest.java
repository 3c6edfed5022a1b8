package dev.steelyard.optim;

import static dev.steelyard.optim.OneElement.afterSteps;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.steelyard.torch.Optimizer;
import dev.steelyard.torch.Tensor;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LionTest extends OptimizerContract {

    private static final double EXACT = 1e-12;

    @Override
    protected Optimizer create(Map<String, Tensor> parameters) {
        return new Lion(parameters, new LionOptions(0.01, 0.9, 0.99, 0.01));
    }

    @Test
    void theDirectionIsInterpolatedBeforeTheMomentum() {
        // Gradient 1: c = 0.5, w = 0.9, m = 0.25. Gradient -0.2: c = 0.125 - 0.1 > 0, w = 0.8.
        // With the momentum moved first, m = 0.1375 would still give 0.8; gradient -0.3: c = -0.025, w = 1.0.
        LionOptions options = new LionOptions(0.1, 0.5, 0.75, 0);
        assertThat(afterSteps(p -> new Lion(p, options), 1, 1, -0.2)).isCloseTo(0.8, within(EXACT));
        assertThat(afterSteps(p -> new Lion(p, options), 1, 1, -0.3)).isCloseTo(1.0, within(EXACT));
    }

    @Test
    void decayIsScaledByTheLearningRate() {
        LionOptions options = new LionOptions(0.1, 0.9, 0.99, 0.5);
        assertThat(afterSteps(p -> new Lion(p, options), 1, 1)).isCloseTo(0.85, within(EXACT));
    }

    @Test
    void optionsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new LionOptions(0.1, 1.5, 0.99, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("beta1")
                .hasMessageContaining("was 1.5");
    }
}
