package dev.steelyard.optim.adamp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.steelyard.torch.DType;
import dev.steelyard.torch.Optimizer;
import dev.steelyard.torch.Scope;
import dev.steelyard.torch.Tensor;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Steps computed by hand and by the paper's code. */
class WorkedExamplesTest {

    private static final Offset<Double> DIGITS = within(1e-12);

    @Test
    void adamPProjectsTheFirstStepAndNotTheSecond() {
        try (Scope scope = Scope.open()) {
            Tensor w = Tensor.of(new double[] {3, 4}, 1, 2);
            try (AdamP adamP = new AdamP(Map.of("w", w), AdamPOptions.defaults().withLearningRate(0.1))) {
                step(adamP, w, 4, -3);
                assertThat(w.toDoubles()).containsExactly(new double[] {2.888000000368, 4.083999999824}, DIGITS);
                assertThat(adamP.projections().getFirst().view()).isEqualTo(View.CHANNEL);
                step(adamP, w, 1, 2);
                // cos 0.988 is not below 0.1 / sqrt 2
                assertThat(w.toDoubles()).containsExactly(new double[] {2.804940247285, 4.098452052739}, DIGITS);
                assertThat(adamP.projections().getFirst().view()).isEqualTo(View.NONE);
            }
        }
    }

    @Test
    void adamPDecaysProjectedWeightsByATenth() {
        try (Scope scope = Scope.open()) {
            Tensor w = Tensor.of(new double[] {3, 4}, 1, 2);
            AdamPOptions options = AdamPOptions.defaults().withLearningRate(0.1).withWeightDecay(0.5);
            try (AdamP adamP = new AdamP(Map.of("w", w), options)) {
                step(adamP, w, 4, -3);
                assertThat(w.toDoubles()).containsExactly(new double[] {2.873000000368, 4.063999999824}, DIGITS);
            }
        }
    }

    @Test
    void sgdPDecaysAsStronglyAsCoupledDecayWhereItDoesNotProject() {
        try (Scope scope = Scope.open()) {
            Tensor w = Tensor.of(new double[] {3, 4}, 1, 2);
            SgdPOptions options = SgdPOptions.of(0.1).withMomentum(0.9).withWeightDecay(0.01);
            try (SgdP sgdP = new SgdP(Map.of("w", w), options)) {
                step(sgdP, w, 4, -3);
                assertThat(w.toDoubles()).containsExactly(new double[] {2.597, 4.296}, DIGITS);
                assertThat(sgdP.projections().getFirst().view()).isEqualTo(View.CHANNEL);
                step(sgdP, w, 4, -3);
                assertThat(w.toDoubles()).containsExactly(new double[] {1.81103, 4.82304}, DIGITS);
                assertThat(sgdP.projections().getFirst().view()).isEqualTo(View.NONE);
            }
        }
    }

    @Test
    void sgdPTriesTheChannelsBeforeTheLayer() {
        SgdPOptions options = SgdPOptions.of(0.1).withMomentum(0.9);
        try (Scope scope = Scope.open()) {
            Tensor w = Tensor.of(new double[] {3, 4, 1, 0}, 2, 2);
            try (SgdP sgdP = new SgdP(Map.of("w", w), options)) {
                step(sgdP, w, 4, -3, 0, 2);
                assertThat(w.toDoubles()).containsExactly(new double[] {2.6, 4.3, 1, -0.2}, DIGITS);
                assertThat(sgdP.projections().getFirst().view()).isEqualTo(View.CHANNEL);
            }
            Tensor u = Tensor.of(new double[] {3, 4, 1, 0}, 2, 2);
            try (SgdP sgdP = new SgdP(Map.of("w", u), options)) {
                step(sgdP, u, 4, -3, 1, 2);
                assertThat(u.toDoubles())
                        .containsExactly(new double[] {2.611538461493, 4.315384615324, 0.903846153831, -0.2}, DIGITS);
                assertThat(sgdP.projections().getFirst().view()).isEqualTo(View.LAYER);
            }
        }
    }

    @Test
    void theBufferKeepsItsPartAlongTheWeightIfAskedTo() {
        try (Scope scope = Scope.open()) {
            SgdPOptions options = SgdPOptions.of(0.1).withMomentum(0.9).withDelta(10);
            for (boolean projectBuffer : new boolean[] {true, false}) {
                Tensor w = Tensor.of(new double[] {1, 0}, 1, 2);
                try (SgdP sgdP = new SgdP(Map.of("w", w), options.withProjectBuffer(projectBuffer))) {
                    step(sgdP, w, 5, 2);
                    double along = sgdP.state().tensor("w/momentum", 1, 2).toDoubles()[0];
                    assertThat(along).isEqualTo(projectBuffer ? 0 : 5, within(1e-6));
                    assertThat(w.toDoubles()).containsExactly(new double[] {1, -0.2}, within(1e-6));
                }
            }
            Tensor w = Tensor.of(new double[] {1, 0}, 1, 2);
            try (SgdP sgdP = new SgdP(Map.of("w", w), options.withNesterov(true))) {
                step(sgdP, w, 5, 2);
                assertThat(sgdP.state().tensor("w/momentum", 1, 2).toDoubles()).containsExactly(5, 2);
                assertThat(w.toDoubles()).containsExactly(new double[] {1, -0.38}, within(1e-6));
            }
        }
    }

    @Test
    void nesterovLooksAheadInAdamP() {
        try (Scope scope = Scope.open()) {
            Tensor w = Tensor.of(new double[] {1, 1}, 2);
            AdamPOptions options = AdamPOptions.defaults().withLearningRate(0.1).withNesterov(true);
            try (AdamP adamP = new AdamP(Map.of("w", w), options)) {
                step(adamP, w, 2, -4);
                // m = 0.1 g, s's root corrected is |g|: p = (0.09 + 0.1) sign(g), divided by 1 - 0.9
                assertThat(w.toDoubles()).containsExactly(new double[] {1 - 0.19, 1 + 0.19}, within(1e-8));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = DType.class,
            names = {"FLOAT32", "FLOAT16", "BFLOAT16"})
    void narrowerTypesFollowToTheirPrecision(DType dtype) {
        double precision = dtype == DType.FLOAT32 ? 1e-6 : dtype == DType.FLOAT16 ? 4e-3 : 3e-2;
        try (Scope scope = Scope.open()) {
            Tensor w = Tensor.of(new double[] {3, 4}, 1, 2).to(dtype);
            try (SgdP sgdP = new SgdP(Map.of("w", w), SgdPOptions.of(0.1).withMomentum(0.9))) {
                w.grad(Tensor.of(new double[] {4, -3}, 1, 2).to(dtype));
                sgdP.step();
                assertThat(w.dtype()).isEqualTo(dtype);
                assertThat(w.toDoubles()).containsExactly(new double[] {2.6, 4.3}, within(precision));
                assertThat(sgdP.projections().getFirst().view()).isEqualTo(View.CHANNEL);
            }
        }
    }

    private static void step(Optimizer optimizer, Tensor w, double... gradient) {
        w.grad(Tensor.of(gradient, w.shape()));
        optimizer.step();
    }
}
