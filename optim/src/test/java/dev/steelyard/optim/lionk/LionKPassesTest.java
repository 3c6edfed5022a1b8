package dev.steelyard.optim.lionk;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The passes over float32 memory against the composed tensor operations, which take every other type. */
class LionKPassesTest {

    /** Rows shorter than a vector, rows with an end, whole vectors, some pieces and an end, a column, one row. */
    private static final long[][] SHAPES = {{7, 5}, {9, 27}, {4, 96}, {3, 2060}, {800, 1}, {500}};

    static Stream<Arguments> functionsAndShapes() {
        return Stream.of(SHAPES).flatMap(shape -> functions(shape).map(function -> Arguments.of(function, shape)));
    }

    private static Stream<ConvexFunction> functions(long... shape) {
        long count = shape.length == 1 ? shape[0] : shape[0] * shape[1];
        return Stream.of(
                new L1(),
                new L2(),
                new Lp(1.5),
                new Lp(3),
                new Lp(2.7),
                new LInfinity(),
                new HalfSquare(),
                new Huber(0.05),
                new DeadZone(0.05),
                new SmoothAbsolute(0.05),
                new TopK(3),
                new GroupL2(),
                new LogSumExp(),
                new Scaled(2, new Scaled(1.5, new Huber(0.05))),
                new WeightedSum(
                        List.of(WeightedSum.Part.of(0.7, 5, new L1()), WeightedSum.Part.of(2, count - 5, new L2()))));
    }

    private static Tensor random(long seed, long... shape) {
        return Functions.normal(Seeds.root(seed).generator("z"), 0, 1, shape);
    }

    private static LionKOptions options(ConvexFunction function, DecayForm form) {
        return LionKOptions.of(function, 0.01, 0.5).in(form);
    }

    @ParameterizedTest
    @MethodSource("functionsAndShapes")
    void bothWaysAgreeWithinRounding(ConvexFunction function, long... shape) {
        for (DecayForm form : DecayForm.values()) {
            try (Scope scope = Scope.open()) {
                Tensor blocks = random(1, shape);
                Tensor composed = blocks.to(DType.FLOAT64);
                try (LionK one = LionK.of(Map.of("x", blocks), options(function, form));
                        LionK other = LionK.of(Map.of("x", composed), options(function, form))) {
                    for (int step = 0; step < 3; step++) {
                        Tensor gradient = random(10 + step, shape);
                        step(one, blocks, gradient);
                        step(other, composed, gradient.to(DType.FLOAT64));
                    }
                    assertThat(blocks.toDoubles()).containsExactly(composed.toDoubles(), within(2e-6));
                    assertThat(one.momentum("x").toDoubles())
                            .containsExactly(other.momentum("x").toDoubles(), within(1e-7));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("functionsAndShapes")
    void aHalvedMomentumIsRoundedAsLibtorchRounds(ConvexFunction function, long... shape) {
        try (Scope scope = Scope.open()) {
            Tensor x = random(1, shape);
            LionKOptions options = options(function, DecayForm.EXPLICIT).momentumIn(DType.BFLOAT16);
            Tensor expected = Tensor.zeros(DType.FLOAT32, shape);
            try (LionK lion = LionK.of(Map.of("x", x), options)) {
                for (int step = 0; step < 3; step++) {
                    Tensor gradient = random(10 + step, shape);
                    step(lion, x, gradient);
                    expected = expected.times(0.99)
                            .addInPlace(gradient, 0.99 - 1)
                            .to(DType.BFLOAT16)
                            .to(DType.FLOAT32);
                }
                assertThat(lion.momentum("x").dtype()).isEqualTo(DType.BFLOAT16);
                assertThat(lion.stateBytes()).isEqualTo(2 * x.count());
                // A sum whose last float bit differs may round to the other neighbour: one bfloat16 step of 0.03.
                assertThat(lion.momentum("x").toFloats()).containsExactly(expected.toFloats(), within(2.5e-4f));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("orders")
    void normsNeitherOverflowNorUnderflow(ConvexFunction function, double order) {
        try (Scope scope = Scope.open()) {
            Tensor x = Tensor.zeros(DType.FLOAT32, 200);
            Tensor gradient = random(1, 200).to(DType.FLOAT64).times(order).to(DType.FLOAT32);
            try (LionK lion = LionK.of(Map.of("x", x), LionKOptions.of(function, 1, 0))) {
                step(lion, x, gradient);
            }
            Tensor expected =
                    function.subgradient(random(1, 200).to(DType.FLOAT64).negative());
            assertThat(x.toDoubles()).containsExactly(expected.toDoubles(), within(1e-5));
        }
    }

    static Stream<Arguments> orders() {
        return Stream.of(new L2(), new Lp(1.5), new Lp(4)).flatMap(function -> Stream.of(1e-30, 1e-12, 1.0, 1e12, 1e30)
                .map(order -> Arguments.of(function, order)));
    }

    @Test
    void eachRowsNormIsItsOwn() {
        try (Scope scope = Scope.open()) {
            int columns = 500;
            double[] orders = {1, 1e-25, 0, 1e25};
            Tensor unit = random(1, orders.length, columns).to(DType.FLOAT64);
            Tensor order = Tensor.of(orders, orders.length, 1);
            Tensor expected = new GroupL2().subgradient(unit.times(order));
            for (int length : new int[] {columns, 20}) {
                Tensor x = Tensor.zeros(DType.FLOAT32, orders.length * columns / length, length);
                Tensor gradient = unit.times(order).reshape(x.shape()).to(DType.FLOAT32);
                try (LionK lion = LionK.of(Map.of("x", x), LionKOptions.of(new GroupL2(), 1, 0))) {
                    step(lion, x, gradient);
                }
                Tensor wanted = length == columns
                        ? expected
                        : new GroupL2().subgradient(unit.times(order).reshape(x.shape()));
                assertThat(x.toDoubles()).containsExactly(wanted.negative().toDoubles(), within(1e-5));
            }
        }
    }

    @Test
    void aSmoothMagnitudeOfHugeAndOfNoWidth() {
        try (Scope scope = Scope.open()) {
            Tensor x = Tensor.zeros(DType.FLOAT32, 3);
            LionKOptions options =
                    LionKOptions.of(new SmoothAbsolute(1e-25), 1, 0).betas(0, 0);
            try (LionK lion = LionK.of(Map.of("x", x), options)) {
                step(lion, x, Tensor.of(new float[] {1e30f, 0, -1}, 3));
            }
            assertThat(x.toFloats()).containsExactly(-1, 0, 1);
        }
    }

    @Test
    void theEdgesOfHuberAndOfTheDeadZoneAreThoseOfTheFormula() {
        try (Scope scope = Scope.open()) {
            // Momentum weights of 0 make the look-ahead the negative gradient.
            float[] z = {0.5f, -0.5f, 0.50001f, -0.50001f, 0, -0f, 0.25f, 1e30f, -1e30f, Float.MIN_VALUE};
            float[] negative = new float[z.length];
            for (int i = 0; i < z.length; i++) {
                negative[i] = -z[i];
            }
            for (ConvexFunction function : List.of(new Huber(0.5), new DeadZone(0.5), new L1())) {
                Tensor x = Tensor.zeros(DType.FLOAT32, z.length);
                LionKOptions options = LionKOptions.of(function, 1, 0).betas(0, 0);
                try (LionK lion = LionK.of(Map.of("x", x), options)) {
                    step(lion, x, Tensor.of(negative, z.length));
                }
                double[] expected = function.subgradient(Tensor.of(z, z.length)).toDoubles();
                assertThat(x.toDoubles()).containsExactly(expected, within(0.0));
            }
        }
    }

    private static void step(LionK lion, Tensor x, Tensor gradient) {
        x.grad(gradient);
        lion.step();
        lion.zeroGrad();
    }
}
