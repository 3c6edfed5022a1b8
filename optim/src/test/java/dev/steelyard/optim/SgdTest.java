package dev.steelyard.optim;

import static dev.steelyard.optim.OneElement.afterSteps;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.steelyard.torch.Optimizer;
import dev.steelyard.torch.Tensor;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SgdTest extends OptimizerContract {

    private static final double EXACT = 1e-12;

    @Override
    protected Optimizer create(Map<String, Tensor> parameters) {
        return new Sgd(parameters, new SgdOptions(0.01, 0.5, 0, false, 0.01));
    }

    @Test
    void plainStepWithPenalty() {
        // 2 - 0.1 (3 + 0.5 * 2)
        SgdOptions options = new SgdOptions(0.1, 0, 0, false, 0.5);
        assertThat(afterSteps(p -> new Sgd(p, options), 2, 3)).isCloseTo(1.6, within(EXACT));
    }

    @Test
    void theFirstMomentumIsTheGradientAndLaterOnesAreDamped() {
        // m = 1, w = 1 - 0.1; m = 0.9 + 0.75 * 2 = 2.4, w = 0.9 - 0.24
        SgdOptions options = new SgdOptions(0.1, 0.9, 0.25, false, 0);
        assertThat(afterSteps(p -> new Sgd(p, options), 1, 1)).isCloseTo(0.9, within(EXACT));
        assertThat(afterSteps(p -> new Sgd(p, options), 1, 1, 2)).isCloseTo(0.66, within(EXACT));
    }

    @Test
    void nesterovLooksAhead() {
        // m = 1, w = 1 - 0.1 * 1.9 = 0.81; m = 2.9, w = 0.81 - 0.1 (2 + 0.9 * 2.9) = 0.349
        SgdOptions options = new SgdOptions(0.1, 0.9, 0, true, 0);
        assertThat(afterSteps(p -> new Sgd(p, options), 1, 1, 2)).isCloseTo(0.349, within(EXACT));
    }

    @Test
    void optionsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new SgdOptions(0.1, 0.9, 0.1, true, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nesterov")
                .hasMessageContaining("0.1");
    }
}
