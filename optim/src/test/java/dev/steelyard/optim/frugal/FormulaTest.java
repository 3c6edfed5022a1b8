package dev.steelyard.optim.frugal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.steelyard.core.study.Seeds;
import dev.steelyard.optim.frugal.Subspace.Basis;
import dev.steelyard.optim.frugal.Subspace.Order;
import dev.steelyard.optim.frugal.Subspace.Side;
import dev.steelyard.torch.DType;
import dev.steelyard.torch.Functions;
import dev.steelyard.torch.Scope;
import dev.steelyard.torch.StateDict;
import dev.steelyard.torch.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * FRUGAL against the formulas of the paper in plain loops, for every subspace with every rule, and restarts in the
 * midst of a period and at its end. What was chosen is read from the state; the loops do the rest.
 */
class FormulaTest {

    private static final int STEPS = 5;
    private static final long[][] SHAPES = {{4, 6}, {6, 4}, {5, 5}, {2, 7}};

    static Stream<Subspace> subspaces() {
        Stream<Subspace> coordinates = Stream.of(new Subspace.Columns(), new Subspace.Rows(), new Subspace.Entries());
        Stream<Subspace> blocks = Stream.of(Order.values()).map(Subspace.Blocks::new);
        Stream<Subspace> lowRank = Stream.of(Side.values())
                .flatMap(side -> Stream.of(Basis.values()).map(basis -> new Subspace.LowRank(side, basis)));
        return Stream.of(coordinates, blocks, lowRank).flatMap(all -> all);
    }

    private static Stream<FrugalOptions> options(Subspace subspace) {
        List<StateFull> rules =
                List.of(StateFull.adamW(), new StateFull.LionRule(0.9, 0.99), new StateFull.MomentumRule(0.9, 0.25));
        return rules.stream().flatMap(rule -> Stream.of(StateFree.values()).flatMap(free -> Stream.of(1, 3)
                .flatMap(gap -> Stream.of(true, false).map(reset -> FrugalOptions.defaults()
                        .withLearningRate(0.05)
                        .withWeightDecay(0.1)
                        .withSubspace(subspace)
                        .withDensity(0.5)
                        .withUpdateGap(gap)
                        .withStateFull(rule)
                        .withStateFree(free)
                        .withStateFullScale(0.7)
                        .withStateFreeScale(0.3)
                        .withResetStatistics(reset)
                        .withSeed(11)))));
    }

    @ParameterizedTest
    @MethodSource("subspaces")
    void everyRuleStepsByItsFormula(Subspace subspace) {
        options(subspace).forEach(options -> {
            try (Scope scope = Scope.open()) {
                Map<String, Tensor> weights = weights(DType.FLOAT64);
                Map<String, Loops> expected = new LinkedHashMap<>();
                weights.forEach((name, weight) -> expected.put(name, new Loops(weight, options)));
                try (Frugal frugal = new Frugal(weights, options)) {
                    for (int step = 0; step < STEPS; step++) {
                        gradients(weights, step);
                        frugal.step();
                        StateDict state = frugal.state();
                        for (Map.Entry<String, Loops> loops : expected.entrySet()) {
                            Tensor gradient = weights.get(loops.getKey()).grad();
                            loops.getValue().step(step, gradient.toDoubles(), state, loops.getKey() + "/");
                        }
                    }
                }
                expected.forEach((name, loops) -> assertThat(weights.get(name).toDoubles())
                        .as("%s of %s", name, options)
                        .containsExactly(loops.weight, within(1e-11)));
            }
        });
    }

    @ParameterizedTest
    @MethodSource("subspaces")
    void aRestartInAPeriodOrAtItsEndChangesNoBit(Subspace subspace) {
        for (DType type : List.of(DType.FLOAT32, DType.FLOAT64)) {
            // The rule without state remembers nothing, so that one of them will do.
            options(subspace)
                    .filter(options -> options.updateGap() == 3 && options.stateFree() == StateFree.SIGN)
                    .forEach(options -> {
                        double[][] whole = null;
                        for (int restart : new int[] {0, 2, 3}) {
                            try (Scope scope = Scope.open()) {
                                Map<String, Tensor> weights = weights(type);
                                StateDict state;
                                try (Frugal first = new Frugal(weights, options)) {
                                    run(first, weights, 0, restart);
                                    state = first.state();
                                }
                                try (Frugal second = new Frugal(weights, options)) {
                                    second.load(state);
                                    run(second, weights, restart, STEPS);
                                }
                                double[][] ended = weights.values().stream()
                                        .map(Tensor::toDoubles)
                                        .toArray(double[][]::new);
                                if (whole == null) {
                                    whole = ended;
                                }
                                assertThat(ended)
                                        .as("restart at %s of %s", restart, options)
                                        .isDeepEqualTo(whole);
                            }
                        }
                    });
        }
    }

    private static void run(Frugal frugal, Map<String, Tensor> weights, int from, int to) {
        for (int step = from; step < to; step++) {
            gradients(weights, step);
            frugal.step();
        }
    }

    private static Map<String, Tensor> weights(DType type) {
        Map<String, Tensor> weights = new LinkedHashMap<>();
        for (int i = 0; i < SHAPES.length; i++) {
            weights.put("w" + i, random("w" + i, SHAPES[i]).to(type));
        }
        return weights;
    }

    private static void gradients(Map<String, Tensor> weights, int step) {
        weights.forEach((name, weight) ->
                weight.grad(random("g" + step + name, weight.shape()).to(weight.dtype())));
    }

    private static Tensor random(String name, long... shape) {
        return Functions.normal(Seeds.root(3).generator(name), 0, 1, shape);
    }

    /** One tensor, row-major. */
    private static final class Loops {
        private final FrugalOptions options;
        private final int rows;
        private final int columns;
        private final double[] weight;
        private double[] first;
        private double[] second;
        private boolean[] chosen;
        private boolean active;
        private int k;

        private Loops(Tensor start, FrugalOptions options) {
            this.options = options;
            rows = (int) start.size(0);
            columns = (int) start.size(1);
            weight = start.toDoubles();
            first = new double[weight.length];
            second = new double[weight.length];
            chosen = new boolean[weight.length];
        }

        private void step(int step, double[] g, StateDict state, String prefix) {
            boolean refresh = step % options.updateGap() == 0;
            if (refresh && options.resetStatistics()) {
                forget();
            }
            for (int i = 0; i < weight.length; i++) {
                weight[i] *= 1 - options.learningRate() * options.weightDecay();
            }
            if (options.subspace() instanceof Subspace.LowRank) {
                lowRank(g, state, prefix);
                return;
            }
            boolean[] now = choice(state, prefix);
            if (options.subspace() instanceof Subspace.Blocks) {
                boolean comes = now[0] && !active;
                active = now[0];
                if (refresh && (comes || !active)) {
                    forget();
                }
                k += active ? 1 : 0;
            } else {
                k++;
            }
            for (int i = 0; i < weight.length; i++) {
                if (!(now[i] && chosen[i])) {
                    first[i] = 0;
                    second[i] = 0;
                }
                weight[i] += now[i] ? movement(i, g[i]) : -freeRate() * free(g[i]);
            }
            chosen = now;
        }

        private void forget() {
            Arrays.fill(first, 0);
            Arrays.fill(second, 0);
            k = 0;
        }

        private boolean[] choice(StateDict state, String prefix) {
            boolean[] now = new boolean[weight.length];
            if (options.subspace() instanceof Subspace.Blocks) {
                Arrays.fill(now, state.count(prefix + "active") == 1);
                return now;
            }
            for (long index : state.tensors().get(prefix + "indices").toLongs()) {
                for (int i = 0; i < now.length; i++) {
                    now[i] |= switch (options.subspace()) {
                        case Subspace.Columns columnWise -> i % columns == index;
                        case Subspace.Rows rowWise -> i / columns == index;
                        default -> i == index;
                    };
                }
            }
            return now;
        }

        private double rate() {
            return options.learningRate() * options.stateFullScale();
        }

        private double freeRate() {
            return rate() * options.stateFreeScale();
        }

        private double free(double g) {
            return switch (options.stateFree()) {
                case SIGN -> Math.signum(g);
                case SGD -> g;
                case NONE -> 0;
            };
        }

        /** Of the i-th number with state. */
        private double movement(int i, double g) {
            return switch (options.stateFull()) {
                case StateFull.AdamRule adam -> {
                    first[i] = adam.beta1() * first[i] + (1 - adam.beta1()) * g;
                    second[i] = adam.beta2() * second[i] + (1 - adam.beta2()) * g * g;
                    double m = first[i] / (1 - Math.pow(adam.beta1(), k));
                    yield -rate() * m / (Math.sqrt(second[i] / (1 - Math.pow(adam.beta2(), k))) + adam.eps());
                }
                case StateFull.LionRule lion -> {
                    double c = lion.beta1() * first[i] + (1 - lion.beta1()) * g;
                    first[i] = lion.beta2() * first[i] + (1 - lion.beta2()) * g;
                    yield -rate() * Math.signum(c);
                }
                case StateFull.MomentumRule momentum -> {
                    first[i] = momentum.momentum() * first[i] + (1 - momentum.dampening()) * g;
                    yield -rate() * first[i];
                }
            };
        }

        private void lowRank(double[] g, StateDict state, String prefix) {
            Tensor leftBasis = state.tensors().get(prefix + "left");
            Tensor rightBasis = state.tensors().get(prefix + "right");
            double[][] left = leftBasis == null ? unit(rows) : matrix(leftBasis);
            double[][] right = rightBasis == null ? unit(columns) : transposed(matrix(rightBasis));
            k++;
            double noise = 1e-12 * Arrays.stream(g).map(Math::abs).max().orElseThrow();
            double[][] gradient = matrix(g, rows, columns);
            double[][] low = times(times(transposed(left), gradient), right);
            double[][] moved = new double[low.length][low[0].length];
            for (int i = 0; i < low.length; i++) {
                for (int j = 0; j < low[0].length; j++) {
                    // Singular vectors on both sides leave rounding noise beside the diagonal.
                    if (leftBasis != null && rightBasis != null && Math.abs(low[i][j]) <= noise) {
                        low[i][j] = 0;
                    }
                    moved[i][j] = movement(i * low[0].length + j, low[i][j]);
                }
            }
            double[][] lifted = times(times(left, moved), transposed(right));
            double[][] kept = times(times(left, low), transposed(right));
            for (int i = 0; i < weight.length; i++) {
                double rest = g[i] - kept[i / columns][i % columns];
                weight[i] += lifted[i / columns][i % columns] - freeRate() * free(Math.abs(rest) > noise ? rest : 0);
            }
        }

        /** Stands where a side is not projected. */
        private static double[][] unit(int size) {
            double[][] unit = new double[size][size];
            for (int i = 0; i < size; i++) {
                unit[i][i] = 1;
            }
            return unit;
        }

        private static double[][] matrix(Tensor basis) {
            return matrix(basis.toDoubles(), (int) basis.size(0), (int) basis.size(1));
        }

        private static double[][] matrix(double[] values, int rows, int columns) {
            double[][] matrix = new double[rows][];
            for (int i = 0; i < rows; i++) {
                matrix[i] = Arrays.copyOfRange(values, i * columns, (i + 1) * columns);
            }
            return matrix;
        }

        private static double[][] transposed(double[][] a) {
            double[][] turned = new double[a[0].length][a.length];
            for (int i = 0; i < a.length; i++) {
                for (int j = 0; j < a[0].length; j++) {
                    turned[j][i] = a[i][j];
                }
            }
            return turned;
        }

        private static double[][] times(double[][] a, double[][] b) {
            double[][] product = new double[a.length][b[0].length];
            for (int i = 0; i < a.length; i++) {
                for (int j = 0; j < b[0].length; j++) {
                    for (int m = 0; m < b.length; m++) {
                        product[i][j] += a[i][m] * b[m][j];
                    }
                }
            }
            return product;
        }
    }

    @Test
    void aStateOfAnotherLayoutIsRefused() {
        FrugalOptions columns =
                FrugalOptions.defaults().withSubspace(new Subspace.Columns()).withDensity(0.5);
        try (Scope scope = Scope.open()) {
            Map<String, Tensor> weights = weights(DType.FLOAT32);
            StateDict state;
            try (Frugal frugal = new Frugal(weights, columns)) {
                run(frugal, weights, 0, 2);
                state = frugal.state();
                // Columns 0 to 5: these would be written to outside of the tensor, or twice.
                for (long[] wrong : new long[][] {{0, 1, 6}, {-1, 0, 1}, {0, 2, 2}, {2, 1, 3}}) {
                    refuses(frugal, with(state, "w0/indices", Tensor.of(wrong, 3)), "growing numbers");
                }
                refuses(frugal, with(state, "w0/indices", Tensor.of(new long[] {0, 1}, 2)), "indices [3]");
                refuses(frugal, without(state, "w0/moment2"), "'moment2'");
                refuses(frugal, without(state, "w0/moment1", "w0/indices"), "'moment1'");
                refuses(frugal, with(state, "w0/left", Tensor.ones(DType.FLOAT32, 4, 3)), "'left'");
                frugal.load(state);
            }
            for (FrugalOptions other : List.of(
                    columns.withDensity(0.3),
                    columns.withDensity(0),
                    columns.withSubspace(new Subspace.Rows()),
                    columns.withSubspace(new Subspace.Entries()),
                    columns.withSubspace(new Subspace.Blocks(Order.RANDOM)),
                    columns.withSubspace(new Subspace.LowRank(Side.STANDARD, Basis.RANDOM)),
                    columns.withStateFull(new StateFull.LionRule(0.9, 0.99)),
                    columns.regular())) {
                try (Frugal frugal = new Frugal(weights, other)) {
                    refuses(frugal, state, "w");
                }
            }
            FrugalOptions svd = columns.withSubspace(new Subspace.LowRank(Side.FULL, Basis.SINGULAR_VECTORS));
            try (Frugal frugal = new Frugal(weights, svd)) {
                run(frugal, weights, 0, 2);
                StateDict ofSvd = frugal.state();
                refuses(frugal, without(ofSvd, "w0/left"), "'left'");
                frugal.load(ofSvd);
                try (Frugal other = new Frugal(weights, svd.withDensity(0.25))) {
                    refuses(other, ofSvd, "density 0.25");
                }
            }
        }
    }

    private static void refuses(Frugal frugal, StateDict state, String named) {
        int before = frugal.state().tensors().size();
        assertThatThrownBy(() -> frugal.load(state))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(named);
        assertThat(frugal.state().tensors()).hasSize(before);
    }

    private static StateDict with(StateDict state, String name, Tensor tensor) {
        Map<String, Tensor> tensors = new LinkedHashMap<>(state.tensors());
        tensors.put(name, tensor);
        return new StateDict(tensors, state.values());
    }

    private static StateDict without(StateDict state, String... names) {
        Map<String, Tensor> tensors = new LinkedHashMap<>(state.tensors());
        tensors.keySet().removeAll(List.of(names));
        return new StateDict(tensors, state.values());
    }
}
