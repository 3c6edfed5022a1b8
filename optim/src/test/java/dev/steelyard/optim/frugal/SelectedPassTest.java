package dev.steelyard.optim.frugal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.steelyard.core.study.Seeds;
import dev.steelyard.torch.DType;
import dev.steelyard.torch.Functions;
import dev.steelyard.torch.Scope;
import dev.steelyard.torch.Tensor;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** FRUGAL's pass over float32 memory against the composed tensor operations, which take every other type. */
class SelectedPassTest {

    /** More than one block; rows long enough to be worked on where they lie; short rows in one block and in several. */
    private static final long[][] SHAPES = {{130, 170}, {100, 30}, {700, 30}};

    static Stream<FrugalOptions> choices() {
        List<StateFull> rules =
                List.of(StateFull.adamW(), new StateFull.LionRule(0.9, 0.99), new StateFull.MomentumRule(0.9, 0.25));
        return Stream.of(new Subspace.Columns(), new Subspace.Rows(), new Subspace.Entries())
                .flatMap(subspace -> Stream.of(0.05, 0.3, 1.0).flatMap(density -> rules.stream()
                        .flatMap(rule -> Stream.of(StateFree.values()).map(free -> FrugalOptions.defaults()
                                .withSubspace(subspace)
                                .withDensity(density)
                                .withStateFull(rule)
                                .withStateFree(free)
                                .withStateFreeScale(0.5)
                                .withLearningRate(0.01)
                                .withWeightDecay(free == StateFree.NONE && density < 0.1 ? 0 : 0.1)
                                .withUpdateGap(2)))));
    }

    private static Tensor random(long seed, long... shape) {
        return Functions.normal(Seeds.root(seed).generator("z"), 0, 1, shape);
    }

    @ParameterizedTest
    @MethodSource("choices")
    void bothWaysAgreeWithinRounding(FrugalOptions options) {
        for (long[] shape : SHAPES) {
            bothWaysAgreeWithinRounding(options, shape);
        }
    }

    private static void bothWaysAgreeWithinRounding(FrugalOptions options, long... shape) {
        try (Scope scope = Scope.open()) {
            Tensor blocks = random(1, shape);
            Tensor composed = blocks.to(DType.FLOAT64);
            Tensor turned = blocks.t().contiguous().t();
            try (Frugal one = new Frugal(Map.of("w", blocks), options);
                    Frugal other = new Frugal(Map.of("w", composed), options);
                    Frugal third = new Frugal(Map.of("w", turned), options)) {
                for (int step = 0; step < 5; step++) {
                    Tensor gradient = random(10 + step, shape);
                    step(one, blocks, gradient);
                    step(other, composed, gradient.to(DType.FLOAT64));
                    step(third, turned, gradient);
                }
                assertThat(blocks.toDoubles()).containsExactly(composed.toDoubles(), within(3e-6));
                assertThat(turned.toDoubles()).containsExactly(composed.toDoubles(), within(3e-6));
                other.state().tensors().forEach((name, buffer) -> assertThat(
                                one.state().tensor(name, buffer.shape()).toDoubles())
                        .containsExactly(buffer.toDoubles(), within(3e-6)));
                assertThat(one.stateNumbers()).isEqualTo(other.stateNumbers());
            }
        }
    }

    private static void step(Frugal frugal, Tensor w, Tensor gradient) {
        w.grad(gradient);
        frugal.step();
        frugal.zeroGrad();
    }
}
