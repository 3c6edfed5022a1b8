package dev.steelyard.optim;

import static dev.steelyard.optim.OneElement.afterSteps;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.steelyard.torch.Optimizer;
import dev.steelyard.torch.Tensor;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AdamWTest extends OptimizerContract {

    private static final double EXACT = 1e-12;

    @Override
    protected Optimizer create(Map<String, Tensor> parameters) {
        return new AdamW(parameters, new AdamWOptions(0.01, 0.9, 0.999, 1e-8, 0.01));
    }

    @Test
    void twoStepsByHand() {
        // beta1 = 0.5, beta2 = 0.75, eps = 0. Step 1: 2 (1 - 0.1 * 0.5) - 0.1 = 1.8.
        // Step 2, gradient -1: m = 0.5 * 0.5 - 0.5 = -0.25, corrected -1/3; v = 0.1875 + 0.25 = 0.4375, corrected 1.
        // 1.8 * 0.95 + 0.1 / 3
        AdamWOptions options = new AdamWOptions(0.1, 0.5, 0.75, 0, 0.5);
        assertThat(afterSteps(p -> new AdamW(p, options), 2, 1)).isCloseTo(1.8, within(EXACT));
        assertThat(afterSteps(p -> new AdamW(p, options), 2, 1, -1)).isCloseTo(1.71 + 0.1 / 3, within(EXACT));
    }

    @Test
    void optionsAreChangedOneByOne() {
        AdamWOptions options = AdamWOptionsBuilder.builder(AdamWOptions.defaults())
                .learningRate(3e-4)
                .build();
        assertThat(options).isEqualTo(new AdamWOptions(3e-4, 0.9, 0.999, 1e-8, 0.01));
    }

    @Test
    void optionsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new AdamWOptions(-1, 0.9, 0.999, 1e-8, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("learningRate")
                .hasMessageContaining("was -1.0");
    }
}
