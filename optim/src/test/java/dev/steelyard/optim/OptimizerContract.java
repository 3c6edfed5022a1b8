package dev.steelyard.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.steelyard.torch.DType;
import dev.steelyard.torch.NonFiniteGradientException;
import dev.steelyard.torch.Optimizer;
import dev.steelyard.torch.Scope;
import dev.steelyard.torch.StateDict;
import dev.steelyard.torch.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** What every optimiser must do. A test class of an optimiser extends it and says how one is made. */
public abstract class OptimizerContract {

    private static final Path STATUS = Path.of("/proc/self/statm");
    private static final long PAGE = 4096;
    private static final int ROWS = 6;
    private static final int COLUMNS = 4;

    /**
     * The optimiser under test, with a learning rate of about 0.01.
     *
     * @param parameters matrix {@code weight} (6, 4) and vector {@code bias} (4), float32 or float64, both with
     *     gradients wanted
     */
    protected abstract Optimizer create(Map<String, Tensor> parameters);

    /** How far float32 and float64 may be apart, relative to 1, after {@link #comparedSteps}. */
    protected double float32Tolerance() {
        return 1e-6;
    }

    /** Steps after which float32 and float64 are compared. */
    protected int comparedSteps() {
        return 5;
    }

    @Test
    void descendsOnAConvexQuadratic() {
        try (Scope scope = Scope.open()) {
            Map<String, Tensor> parameters = parameters(DType.FLOAT32);
            double before = loss(parameters).item();
            try (Optimizer optimizer = create(parameters)) {
                train(optimizer, parameters, 0, 300);
            }
            assertThat(loss(parameters).item()).isLessThan(before / 2);
        }
    }

    @Test
    void resumesBitByBitInFloat32() {
        resumes(DType.FLOAT32);
    }

    @Test
    void resumesBitByBitInFloat64() {
        resumes(DType.FLOAT64);
    }

    private void resumes(DType dtype) {
        try (Scope scope = Scope.open()) {
            Map<String, Tensor> parameters = parameters(dtype);
            try (Optimizer optimizer = create(parameters)) {
                train(optimizer, parameters, 0, 7);
                StateDict state = optimizer.state();
                Map<String, Tensor> copies = copies(parameters);
                train(optimizer, parameters, 7, 9);
                try (Optimizer resumed = create(copies)) {
                    resumed.load(state);
                    train(resumed, copies, 7, 9);
                    assertSame(resumed.state(), optimizer.state());
                }
                assertThat(values(copies)).isEqualTo(values(parameters));
            }
        }
    }

    @Test
    void aGradientThatIsNotANumberChangesNothing() {
        try (Scope scope = Scope.open()) {
            Map<String, Tensor> parameters = parameters(DType.FLOAT32);
            try (Optimizer optimizer = create(parameters)) {
                train(optimizer, parameters, 0, 2);
                Map<String, List<Double>> before = values(parameters);
                StateDict state = optimizer.state();
                loss(parameters).backward();
                parameters.get("bias").grad().select(0, 1).fillInPlace(Double.NaN);
                assertThatThrownBy(optimizer::step)
                        .isInstanceOfSatisfying(NonFiniteGradientException.class, e -> {
                            assertThat(e.parameter()).isEqualTo("bias");
                            assertThat(e.step()).isEqualTo(3);
                        })
                        .hasMessageContaining("'bias'")
                        .hasMessageContaining("step 3");
                assertThat(values(parameters)).isEqualTo(before);
                assertSame(optimizer.state(), state);
            }
        }
    }

    @Test
    void aParameterWithoutGradientStays() {
        try (Scope scope = Scope.open()) {
            Map<String, Tensor> parameters = parameters(DType.FLOAT32);
            try (Optimizer optimizer = create(parameters)) {
                Map<String, List<Double>> before = values(parameters);
                loss(parameters).backward();
                parameters.get("bias").clearGrad();
                optimizer.step();
                assertThat(values(parameters).get("bias")).isEqualTo(before.get("bias"));
                assertThat(values(parameters).get("weight")).isNotEqualTo(before.get("weight"));
            }
        }
    }

    @Test
    void aLearningRateFactorOfZeroMovesNothing() {
        try (Scope scope = Scope.open()) {
            Map<String, Tensor> parameters = parameters(DType.FLOAT32);
            try (Optimizer optimizer = create(parameters)) {
                Map<String, List<Double>> before = values(parameters);
                optimizer.learningRateFactor(0);
                train(optimizer, parameters, 0, 3);
                assertThat(values(parameters)).isEqualTo(before);
                assertThatThrownBy(() -> optimizer.learningRateFactor(-1))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("-1");
            }
        }
    }

    @Test
    void zeroGradForgetsAllGradients() {
        try (Scope scope = Scope.open()) {
            Map<String, Tensor> parameters = parameters(DType.FLOAT32);
            try (Optimizer optimizer = create(parameters)) {
                loss(parameters).backward();
                optimizer.zeroGrad();
                assertThat(parameters.values())
                        .allSatisfy(parameter -> assertThat(parameter.grad()).isNull());
            }
        }
    }

    @Test
    void stateBytesAreThoseOfTheStatesTensors() {
        try (Scope scope = Scope.open()) {
            Map<String, Tensor> parameters = parameters(DType.FLOAT32);
            try (Optimizer optimizer = create(parameters)) {
                train(optimizer, parameters, 0, 3);
                long bytes = optimizer.state().tensors().values().stream()
                        .mapToLong(tensor -> tensor.count() * tensor.dtype().bytes())
                        .sum();
                assertThat(optimizer.stateBytes()).isEqualTo(bytes);
            }
        }
    }

    @Test
    void aStateOfAnUnknownParameterIsRefused() {
        try (Scope scope = Scope.open()) {
            Map<String, Tensor> parameters = parameters(DType.FLOAT32);
            try (Optimizer optimizer = create(parameters)) {
                train(optimizer, parameters, 0, 3);
                StateDict before = optimizer.state();
                Map<String, String> values = new LinkedHashMap<>(before.values());
                values.put("elsewhere/step", "1");
                refuses(optimizer, new StateDict(before.tensors(), values), "elsewhere");
            }
        }
    }

    @Test
    void aStateOfAnotherShapeIsRefused() {
        try (Scope scope = Scope.open()) {
            Map<String, Tensor> parameters = parameters(DType.FLOAT32);
            try (Optimizer optimizer = create(parameters)) {
                train(optimizer, parameters, 0, 3);
                StateDict before = optimizer.state();
                Assumptions.assumeFalse(before.tensors().isEmpty(), "a method without tensors in its state");
                Map<String, Tensor> tensors = new LinkedHashMap<>(before.tensors());
                String last = tensors.keySet().stream().reduce((a, b) -> b).orElseThrow();
                tensors.put(last, Tensor.ones(DType.FLOAT32, 3, 5, 7));
                refuses(optimizer, new StateDict(tensors, before.values()), last.substring(last.lastIndexOf('/') + 1));
            }
        }
    }

    private static void refuses(Optimizer optimizer, StateDict wrong, String named) {
        StateDict before = optimizer.state();
        assertThatThrownBy(() -> optimizer.load(wrong))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(named);
        assertSame(optimizer.state(), before);
    }

    @Test
    void float32FollowsFloat64() {
        try (Scope scope = Scope.open()) {
            Map<String, Tensor> single = parameters(DType.FLOAT32);
            Map<String, Tensor> twofold = parameters(DType.FLOAT64);
            try (Optimizer first = create(single);
                    Optimizer second = create(twofold)) {
                train(first, single, 0, comparedSteps());
                train(second, twofold, 0, comparedSteps());
            }
            values(single).forEach((name, values) -> {
                List<Double> expected = values(twofold).get(name);
                for (int i = 0; i < values.size(); i++) {
                    assertThat(values.get(i))
                            .as("%s[%d]", name, i)
                            .isCloseTo(expected.get(i), within(float32Tolerance()));
                }
            });
        }
    }

    @Test
    void oneTensorUnderTwoNamesIsRefused() {
        try (Scope scope = Scope.open()) {
            Map<String, Tensor> parameters = parameters(DType.FLOAT32);
            parameters.put("tied", parameters.get("weight").detach());
            assertThatThrownBy(() -> create(parameters))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll("'weight'", "'tied'", "one tensor");
        }
    }

    /** Scalars, tensors without elements, filters, and matrices that lie in memory by columns. */
    private static Map<String, Tensor> oddShapes(DType dtype) {
        Map<String, Tensor> odd = new LinkedHashMap<>();
        odd.put("scalar", Tensor.of(new double[] {0.75}).to(dtype));
        odd.put("empty", Tensor.zeros(dtype, 0, 3));
        odd.put("hollow", Tensor.zeros(dtype, 3, 0));
        odd.put("filters", ramp(2, 3, 2, 2).to(dtype));
        odd.put("turned", ramp(6, 4).to(dtype).t());
        return odd;
    }

    private static Tensor ramp(long... shape) {
        double[] values = new double[Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact))];
        Arrays.setAll(values, i -> 0.5 + (i * 5 % 7) / 8.0);
        return Tensor.of(values, shape);
    }

    /** Zeros at the first step, and then what differs from element to element and from step to step. */
    private static void oddSteps(Optimizer optimizer, Map<String, Tensor> parameters, int from, int to) {
        for (int step = from; step < to; step++) {
            double size = step % 3 * 0.25;
            parameters
                    .values()
                    .forEach(tensor -> tensor.grad(tensor.detach().minus(0.8125).times(size)));
            optimizer.step();
            optimizer.zeroGrad();
        }
    }

    @Test
    void tensorsOfAnyShapeAndGradientsOfZeros() {
        try (Scope scope = Scope.open()) {
            Map<String, Tensor> single = oddShapes(DType.FLOAT32);
            Map<String, Tensor> resumed = oddShapes(DType.FLOAT32);
            Map<String, Tensor> twofold = oddShapes(DType.FLOAT64);
            try (Optimizer first = create(single);
                    Optimizer begun = create(resumed);
                    Optimizer second = create(twofold)) {
                oddSteps(first, single, 0, 5);
                oddSteps(second, twofold, 0, 5);
                oddSteps(begun, resumed, 0, 2);
                try (Optimizer rest = create(resumed)) {
                    rest.load(begun.state());
                    oddSteps(rest, resumed, 2, 5);
                }
            }
            assertThat(values(resumed)).isEqualTo(values(single));
            values(single).forEach((name, values) -> {
                List<Double> expected = values(twofold).get(name);
                for (int i = 0; i < values.size(); i++) {
                    assertThat(values.get(i))
                            .as("%s[%d]", name, i)
                            .isFinite()
                            .isCloseTo(expected.get(i), within(float32Tolerance()));
                }
            });
            assertThat(single.get("empty").shape()).containsExactly(0, 3);
        }
    }

    @Test
    void residentMemoryStaysFlat() throws IOException {
        Assumptions.assumeTrue(Files.exists(STATUS), "resident memory is read from " + STATUS);
        try (Scope scope = Scope.open()) {
            Map<String, Tensor> parameters = new LinkedHashMap<>();
            parameters.put("weight", Tensor.ones(DType.FLOAT32, 64, 256).requiresGrad());
            parameters.put("bias", Tensor.ones(DType.FLOAT32, 256).requiresGrad());
            try (Optimizer optimizer = create(parameters)) {
                train(optimizer, parameters, 0, 50);
                // One buffer is 64 KB: one left behind at each step would be 32 MB in every window. Collected garbage
                // leaves pages that a window uses again, where a young JVM's heap would grow in each.
                long smallestGrowth = Long.MAX_VALUE;
                for (int window = 0; window < 4; window++) {
                    System.gc();
                    long before = residentBytes();
                    train(optimizer, parameters, 50 + 500 * window, 500);
                    smallestGrowth = Math.min(smallestGrowth, residentBytes() - before);
                }
                assertThat(smallestGrowth).isLessThan(12L << 20);
            }
        }
    }

    private static long residentBytes() throws IOException {
        return Long.parseLong(Files.readString(STATUS).split(" ")[1]) * PAGE;
    }

    /** Starting values that differ from element to element, all exact in float32. */
    private static Map<String, Tensor> parameters(DType dtype) {
        double[] weight = new double[ROWS * COLUMNS];
        Arrays.setAll(weight, i -> 0.5 + (i * 7 % 11) / 16.0);
        double[] bias = {1, -0.75, 0.5, -0.25};
        Map<String, Tensor> parameters = new LinkedHashMap<>();
        parameters.put("weight", Tensor.of(weight, ROWS, COLUMNS).to(dtype).requiresGrad());
        parameters.put("bias", Tensor.of(bias, COLUMNS).to(dtype).requiresGrad());
        return parameters;
    }

    private static Map<String, Tensor> copies(Map<String, Tensor> parameters) {
        Map<String, Tensor> copies = new LinkedHashMap<>();
        parameters.forEach(
                (name, tensor) -> copies.put(name, tensor.detach().copy().requiresGrad()));
        return copies;
    }

    private static Map<String, List<Double>> values(Map<String, Tensor> parameters) {
        Map<String, List<Double>> values = new TreeMap<>();
        parameters.forEach((name, tensor) ->
                values.put(name, Arrays.stream(tensor.toDoubles()).boxed().toList()));
        return values;
    }

    /** A convex bowl whose curvature differs between weight and bias; its lowest point is away from the origin. */
    private static Tensor loss(Map<String, Tensor> parameters) {
        Tensor weight = parameters.get("weight").minus(0.03125).square().sum();
        Tensor bias = parameters.get("bias").plus(0.0625).square().sum();
        return weight.plus(bias.times(0.25));
    }

    private static void train(Optimizer optimizer, Map<String, Tensor> parameters, int from, int steps) {
        for (int step = from; step < from + steps; step++) {
            try (Scope scope = Scope.open()) {
                // The slope changes from step to step, so that a state that was lost shows.
                loss(parameters).times(1 + step % 3 / 4.0).backward();
                optimizer.step();
                optimizer.zeroGrad();
            }
        }
    }

    private static void assertSame(StateDict actual, StateDict expected) {
        assertThat(actual.values()).isEqualTo(expected.values());
        assertThat(values(actual.tensors())).isEqualTo(values(expected.tensors()));
    }
}
