package dev.steelyard.optim.adamp;

import static dev.steelyard.optim.adamp.AdamPTest.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.steelyard.optim.OptimizerContract;
import dev.steelyard.torch.Optimizer;
import dev.steelyard.torch.Scope;
import dev.steelyard.torch.Tensor;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SgdPTest extends OptimizerContract {

    @Override
    protected Optimizer create(Map<String, Tensor> parameters) {
        return new SgdP(parameters, SgdPOptions.of(0.01).withMomentum(0.9).withWeightDecay(0.001));
    }

    @Test
    void withDeltaZeroItIsMomentumWithDecoupledDecay() {
        SgdPOptions options =
                SgdPOptions.of(0.1).withMomentum(0.9).withWeightDecay(0.01).withDelta(0);
        try (Scope scope = Scope.open()) {
            Tensor w = ProjectionTest.random(1, 2, 3);
            double[] expected = w.toDoubles();
            double[] buffer = new double[6];
            try (SgdP sgdP = new SgdP(Map.of("w", w), options)) {
                for (int step = 0; step < 5; step++) {
                    Tensor gradient = ProjectionTest.random(10 + step, 2, 3);
                    double[] g = gradient.toDoubles();
                    w.grad(gradient);
                    sgdP.step();
                    for (int i = 0; i < 6; i++) {
                        buffer[i] = 0.9 * buffer[i] + g[i];
                        expected[i] = expected[i] * (1 - 0.1 * 0.01 / (1 - 0.9)) - 0.1 * buffer[i];
                    }
                }
            }
            assertThat(w.toDoubles()).containsExactly(expected, within(1e-12));
        }
    }

    @Test
    void optionsOutOfRangeAreRefusedByName() {
        SgdPOptions good = SgdPOptions.of(0.1);
        assertRefused("learningRate", () -> SgdPOptions.of(-1));
        assertRefused("momentum", () -> good.withMomentum(1));
        assertRefused("dampening", () -> good.withDampening(2));
        assertRefused("weightDecay", () -> good.withWeightDecay(-1));
        assertRefused("eps", () -> good.withEps(-1));
        assertRefused("delta", () -> good.withDelta(Double.NaN));
        assertRefused("weightDecayRatio", () -> good.withWeightDecayRatio(-0.1));
    }
}
