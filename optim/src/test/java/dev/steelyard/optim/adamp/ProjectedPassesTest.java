package dev.steelyard.optim.adamp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.steelyard.torch.DType;
import dev.steelyard.torch.Optimizer;
import dev.steelyard.torch.Scope;
import dev.steelyard.torch.Tensor;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The passes over float32 memory against the composed tensor operations, which take every other type. */
class ProjectedPassesTest {

    /** Short and long rows, rows that fill blocks or leave a rest, one row, a convolution, a vector. */
    private static final long[][] SHAPES = {
        {7, 5}, {3, 95}, {4, 96}, {2, 384}, {3, 400}, {2, 1000}, {1, 2000}, {500, 1}, {6, 4, 3, 3}, {11}, {900}
    };

    static Stream<Arguments> optimizersAndShapes() {
        return Stream.of(SHAPES).flatMap(shape -> Stream.of(0.0, 0.1, 100.0)
                .flatMap(delta -> Stream.of(
                        Arguments.of(shape, adamP(delta, false)),
                        Arguments.of(shape, adamP(delta, true)),
                        Arguments.of(shape, sgdP(delta, 0.9, false, true)),
                        Arguments.of(shape, sgdP(delta, 0.9, false, false)),
                        Arguments.of(shape, sgdP(delta, 0.9, true, true)),
                        Arguments.of(shape, sgdP(delta, 0, false, true)),
                        Arguments.of(shape, sgdP(delta, 0, true, true)))));
    }

    private static Function<Tensor, ProjectingOptimizer<?>> adamP(double delta, boolean nesterov) {
        AdamPOptions options = AdamPOptions.defaults()
                .withLearningRate(0.01)
                .withWeightDecay(0.1)
                .withDelta(delta)
                .withNesterov(nesterov);
        return w -> new AdamP(Map.of("w", w), options);
    }

    private static Function<Tensor, ProjectingOptimizer<?>> sgdP(
            double delta, double momentum, boolean nesterov, boolean projectBuffer) {
        SgdPOptions options = SgdPOptions.of(0.01)
                .withMomentum(momentum)
                .withDampening(0.25)
                .withWeightDecay(0.1)
                .withDelta(delta)
                .withNesterov(nesterov)
                .withProjectBuffer(projectBuffer);
        return w -> new SgdP(Map.of("w", w), options);
    }

    @ParameterizedTest
    @MethodSource("optimizersAndShapes")
    void bothWaysAgreeWithinRounding(long[] shape, Function<Tensor, ProjectingOptimizer<?>> maker) {
        try (Scope scope = Scope.open()) {
            Tensor start = ProjectionTest.random(1, shape);
            Tensor blocks = start.to(DType.FLOAT32);
            Tensor composed = start.copy();
            try (ProjectingOptimizer<?> one = maker.apply(blocks);
                    ProjectingOptimizer<?> other = maker.apply(composed)) {
                for (int step = 0; step < 4; step++) {
                    Tensor gradient = gradient(step, composed, shape).to(DType.FLOAT32);
                    step(one, blocks, gradient);
                    step(other, composed, gradient.to(DType.FLOAT64));
                    assertThat(one.projections().getFirst().view())
                            .isEqualTo(other.projections().getFirst().view());
                }
                assertThat(blocks.toDoubles()).containsExactly(composed.toDoubles(), within(2e-6));
                other.state().tensors().forEach((name, buffer) -> assertThat(
                                one.state().tensor(name, shape).toDoubles())
                        .containsExactly(buffer.toDoubles(), within(2e-6)));
            }
        }
    }

    /** At right angles to the rows, to the whole, or to neither, so that with delta 0.1 every view occurs. */
    private static Tensor gradient(int step, Tensor weight, long... shape) {
        Tensor gradient = ProjectionTest.random(10 + step, shape);
        if (step == 3) {
            return gradient;
        }
        Tensor w = weight.detach().reshape(step == 1 ? 1 : shape[0], -1);
        Tensor g = gradient.reshape(w.shape());
        Tensor along = w.times(g).sum(1, true).over(w.square().sum(1, true));
        return g.minus(w.times(along)).reshape(shape);
    }

    private static void step(Optimizer optimizer, Tensor w, Tensor gradient) {
        w.grad(gradient);
        optimizer.step();
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void aLayoutThatIsNotContiguousTakesTheComposedWay(Function<Tensor, ProjectingOptimizer<?>> maker) {
        try (Scope scope = Scope.open()) {
            Tensor start = ProjectionTest.random(1, 3, 400).to(DType.FLOAT32);
            Tensor turned = start.t().contiguous().t();
            assertThat(turned.isContiguous()).isFalse();
            try (ProjectingOptimizer<?> one = maker.apply(start);
                    ProjectingOptimizer<?> other = maker.apply(turned)) {
                for (int step = 0; step < 2; step++) {
                    Tensor gradient = ProjectionTest.random(20 + step, 3, 400).to(DType.FLOAT32);
                    step(one, start, gradient);
                    step(other, turned, gradient);
                }
            }
            assertThat(turned.toDoubles()).containsExactly(start.toDoubles(), within(1e-6));
        }
    }

    static Stream<Function<Tensor, ProjectingOptimizer<?>>> optimizers() {
        return Stream.of(adamP(100, false), sgdP(100, 0.9, false, true));
    }
}
