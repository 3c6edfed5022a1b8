package dev.steelyard.optim.adamp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.steelyard.optim.Sgd;
import dev.steelyard.optim.SgdOptions;
import dev.steelyard.torch.Optimizer;
import dev.steelyard.torch.Scope;
import dev.steelyard.torch.Tensor;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RenormalisedTest {

    private static Optimizer descent(Map<String, Tensor> weights) {
        return new Sgd(weights, new SgdOptions(1, 0, 0, false, 0));
    }

    private static double[] afterAStep(View view) {
        try (Scope scope = Scope.open()) {
            // The step brings the rows to (3, 4), (0, 0) and (0, 12).
            Tensor w = Tensor.of(new double[] {4, 4, 1, 0, 0, 10}, 3, 2);
            w.grad(Tensor.of(new double[] {1, 0, 1, 0, 0, -2}, 3, 2));
            Map<String, Tensor> weights = Map.of("w", w);
            try (Optimizer optimizer = new Renormalised(descent(weights), weights, view)) {
                optimizer.step();
            }
            return w.toDoubles();
        }
    }

    @Test
    void everyRowHasLengthOneButRowsOfZeros() {
        assertThat(afterAStep(View.CHANNEL)).containsExactly(new double[] {0.6, 0.8, 0, 0, 0, 1}, within(1e-15));
    }

    @Test
    void theWholeTensorHasLengthOne() {
        // |(3, 4, 0, 0, 0, 12)| = 13
        double[] expected = {3.0 / 13, 4.0 / 13, 0, 0, 0, 12.0 / 13};
        assertThat(afterAStep(View.LAYER)).containsExactly(expected, within(1e-15));
    }

    @Test
    void vectorsAreRefused() {
        try (Scope scope = Scope.open()) {
            Map<String, Tensor> bias = Map.of("bias", Tensor.of(new double[] {1}, 1));
            assertThatThrownBy(() -> new Renormalised(descent(bias), bias, View.CHANNEL))
                    .hasMessageContaining("weight 'bias' must have at least two dimensions");
        }
    }
}
