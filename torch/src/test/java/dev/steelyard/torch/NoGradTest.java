package dev.steelyard.torch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NoGradTest {

    @Test
    void differentiationGoesOnAfterItsEndAlsoWithinAScope() {
        try (Scope scope = Scope.open()) {
            Tensor w = Tensor.of(new double[] {3, 4}, 2).requiresGrad();
            try (NoGrad noGrad = NoGrad.open()) {
                assertThat(w.square().isDifferentiable()).isFalse();
            }
            assertThat(w.square().isDifferentiable()).isTrue();
        }
    }
}
