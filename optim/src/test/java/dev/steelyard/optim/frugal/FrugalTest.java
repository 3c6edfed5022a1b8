package dev.steelyard.optim.frugal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.steelyard.core.study.Seeds;
import dev.steelyard.optim.AdamW;
import dev.steelyard.optim.AdamWOptions;
import dev.steelyard.optim.ParameterGroup;
import dev.steelyard.optim.frugal.Subspace.Basis;
import dev.steelyard.optim.frugal.Subspace.Order;
import dev.steelyard.optim.frugal.Subspace.Side;
import dev.steelyard.torch.DType;
import dev.steelyard.torch.Functions;
import dev.steelyard.torch.NonFiniteGradientException;
import dev.steelyard.torch.Optimizer;
import dev.steelyard.torch.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FrugalTest {

    private static final Offset<Double> DIGITS = within(1e-9);
    private static final FrugalOptions PLAIN =
            FrugalOptions.defaults().withWeightDecay(0).withLearningRate(0.1);
    private static final Subspace SVD = new Subspace.LowRank(Side.STANDARD, Basis.SINGULAR_VECTORS);

    private static Tensor parameter(double[][] rows) {
        return Tensor.of(rows).requiresGrad();
    }

    private static Tensor random(String name, long rows, long columns) {
        return Functions.normal(Seeds.root(5).generator(name), 0, 1, rows, columns)
                .to(DType.FLOAT64);
    }

    private static void step(Optimizer optimizer, Tensor parameter, double[][] gradient) {
        step(optimizer, parameter, Tensor.of(gradient));
    }

    private static void step(Optimizer optimizer, Tensor parameter, Tensor gradient) {
        parameter.grad(gradient);
        optimizer.step();
    }

    static Stream<Subspace> subspaces() {
        List<Subspace> all = new ArrayList<>(List.of(
                new Subspace.Blocks(Order.RANDOM),
                new Subspace.Columns(),
                new Subspace.Rows(),
                new Subspace.Entries()));
        for (Side side : Side.values()) {
            for (Basis basis : Basis.values()) {
                all.add(new Subspace.LowRank(side, basis));
            }
        }
        return all.stream();
    }

    @Test
    void workedExampleOfColumns() {
        // The active column must be column 1; a seed that draws it is looked for, as the choice is random.
        for (long seed = 0; ; seed++) {
            Tensor w = parameter(new double[][] {{1, 2, 3}, {-1, 0, .5}});
            FrugalOptions options =
                    PLAIN.withSubspace(new Subspace.Columns()).withDensity(0.34).withSeed(seed);
            Frugal frugal = new Frugal(Map.of("w", w), options);
            step(frugal, w, new double[][] {{.3, -.2, .1}, {0, .4, -.6}});
            if (frugal.state().tensor("w/indices", 1).toLongs()[0] != 1) {
                continue;
            }
            assertThat(w.toDoubles())
                    .containsExactly(new double[] {0.9, 2.099999995, 2.9, -1.0, -0.0999999975, 0.6}, DIGITS);
            step(frugal, w, new double[][] {{.1, -.1, -.2}, {.5, .2, .3}});
            assertThat(w.toDoubles())
                    .containsExactly(new double[] {0.8, 2.193217953, 3.0, -1.1, -0.1932179584, 0.5}, DIGITS);
            return;
        }
    }

    @Test
    void workedExampleOfSvd() {
        Tensor w = parameter(new double[][] {{0, 0}, {0, 0}, {0, 0}});
        Frugal frugal = new Frugal(Map.of("w", w), PLAIN.withSubspace(SVD).withDensity(0.5));
        step(frugal, w, new double[][] {{3, 0}, {4, 0}, {0, 1}});
        double[] movement = w.times(-10).toDoubles();
        assertThat(movement).containsExactly(new double[] {0.9999999967, 0, 0.9999999975, 0, 0, 1}, DIGITS);
    }

    @Test
    void workedExampleOfOrders() {
        assertThat(turns(Order.ASCENDING)).containsExactly(List.of(0, 1), List.of(2, 3), List.of(0, 1));
        assertThat(turns(Order.DESCENDING)).containsExactly(List.of(3, 2), List.of(1, 0), List.of(3, 2));
        assertThat(turns(Order.MIRROR)).containsExactly(List.of(0, 3), List.of(1, 2), List.of(0, 3));
        BlockTurns ofFive = new BlockTurns(Order.MIRROR, 5, 2, 0);
        assertThat(List.of(ofFive.turn(0), ofFive.turn(1), ofFive.turn(2)))
                .as("the middle of five never has its turn, as in the paper's code")
                .containsExactly(List.of(0, 4), List.of(1, 3), List.of(0, 4));
        assertThat(turns(Order.RANDOM))
                .allSatisfy(turn -> assertThat(turn).hasSize(2).doesNotHaveDuplicates());
        assertThatThrownBy(() -> new BlockTurns(Order.MIRROR, 4, 3, 0)).hasMessageContaining("even");
    }

    private static List<List<Integer>> turns(Order order) {
        BlockTurns turns = new BlockTurns(order, 4, 2, 0);
        return List.of(turns.turn(0), turns.turn(1), turns.turn(2));
    }

    @ParameterizedTest
    @MethodSource("subspaces")
    void fullDensityIsAdamW(Subspace subspace) {
        if (subspace instanceof Subspace.LowRank) {
            return; // A rotated AdamW is another method; see fullRankLeavesNoNoise.
        }
        Tensor w = random("w", 4, 4).requiresGrad();
        Tensor same = w.detach().copy().requiresGrad();
        Frugal frugal = new Frugal(
                Map.of("w", w), PLAIN.withSubspace(subspace).withDensity(1).withWeightDecay(0.1));
        AdamW adamW = new AdamW(Map.of("w", same), new AdamWOptions(0.1, 0.9, 0.999, 1e-8, 0.1));
        for (int t = 0; t < 5; t++) {
            Tensor gradient = random("g" + t, 4, 4);
            step(frugal, w, gradient);
            step(adamW, same, gradient);
        }
        assertThat(w.toDoubles()).containsExactly(same.toDoubles(), within(1e-14));
    }

    @ParameterizedTest
    @MethodSource("subspaces")
    void fullDensityIsAnAdamWThatForgetsEveryPeriod(Subspace subspace) {
        if (subspace instanceof Subspace.LowRank) {
            return; // A rotated AdamW is another method.
        }
        Tensor w = random("w", 4, 4).requiresGrad();
        Tensor same = w.detach().copy().requiresGrad();
        Frugal frugal = new Frugal(
                Map.of("w", w),
                PLAIN.withSubspace(subspace).withDensity(1).withUpdateGap(2).withWeightDecay(0.1));
        AdamW adamW = null;
        for (int t = 0; t < 5; t++) {
            if (t % 2 == 0) {
                adamW = new AdamW(Map.of("w", same), new AdamWOptions(0.1, 0.9, 0.999, 1e-8, 0.1));
            }
            Tensor gradient = random("g" + t, 4, 4);
            step(frugal, w, gradient);
            step(adamW, same, gradient);
        }
        assertThat(w.toDoubles()).containsExactly(same.toDoubles(), within(1e-14));
    }

    @ParameterizedTest
    @MethodSource("subspaces")
    void noDensityIsSignDescent(Subspace subspace) {
        Tensor w = random("w", 5, 3).requiresGrad();
        double[] before = w.toDoubles();
        Tensor gradient = random("g", 5, 3);
        FrugalOptions options = PLAIN.withSubspace(subspace)
                .withDensity(0)
                .withWeightDecay(0.5)
                .withStateFullScale(0.3)
                .withStateFreeScale(0.7);
        Frugal frugal = new Frugal(Map.of("w", w), options);
        step(frugal, w, gradient);
        double[] g = gradient.toDoubles();
        double[] after = w.toDoubles();
        for (int i = 0; i < after.length; i++) {
            assertThat(after[i])
                    .isCloseTo((1 - 0.1 * 0.5) * before[i] - 0.1 * 0.3 * 0.7 * Math.signum(g[i]), within(1e-14));
        }
        assertThat(frugal.stateNumbers()).isZero();
    }

    @ParameterizedTest
    @MethodSource("subspaces")
    void theStateRestoresExactly(Subspace subspace) {
        FrugalOptions options =
                PLAIN.withSubspace(subspace).withDensity(0.5).withUpdateGap(3).withSeed(9);
        Map<String, Tensor> whole = parameters();
        Frugal uninterrupted = new Frugal(whole, options);
        run(uninterrupted, whole, 0, 10);

        Map<String, Tensor> resumed = parameters();
        Frugal first = new Frugal(resumed, options);
        run(first, resumed, 0, 5);
        Frugal second = new Frugal(resumed, options);
        second.load(first.state());
        assertThat(second.stateBytes()).isEqualTo(first.stateBytes());
        run(second, resumed, 5, 10);
        whole.forEach(
                (name, tensor) -> assertThat(resumed.get(name).toDoubles()).isEqualTo(tensor.toDoubles()));
    }

    private static Map<String, Tensor> parameters() {
        Map<String, Tensor> parameters = new LinkedHashMap<>();
        for (int i = 0; i < 4; i++) {
            parameters.put("w" + i, random("w" + i, 4, 6).requiresGrad());
        }
        return parameters;
    }

    private static void run(Optimizer optimizer, Map<String, Tensor> parameters, int from, int to) {
        for (int t = from; t < to; t++) {
            int step = t;
            parameters.forEach((name, tensor) -> tensor.grad(random("g" + step + name, 4, 6)));
            optimizer.step();
        }
    }

    @Test
    void aPeriodsUpdateHasTheSubspacesRankAndFullRankWithTheSign() {
        assertThat(rankAfterOnePeriod(StateFree.NONE)).isLessThanOrEqualTo(8);
        assertThat(rankAfterOnePeriod(StateFree.SIGN)).isEqualTo(32);
    }

    private static int rankAfterOnePeriod(StateFree free) {
        Tensor w = Tensor.zeros(DType.FLOAT64, 32, 32).requiresGrad();
        Frugal frugal = new Frugal(
                Map.of("w", w), PLAIN.withSubspace(SVD).withStateFree(free).withUpdateGap(10));
        for (int t = 0; t < 10; t++) {
            step(frugal, w, random("r" + t, 32, 32));
        }
        double[] singular = Functions.svd(w.detach()).singularValues().toDoubles();
        return (int) java.util.Arrays.stream(singular)
                .filter(s -> s > 1e-9 * singular[0])
                .count();
    }

    @Test
    void projectionsAreOrthonormalAndLeaveNothingBehind() {
        Tensor gradient = random("g", 6, 4);
        Seeds seeds = Seeds.root(1);
        for (Basis basis : Basis.values()) {
            LowRankBasis.Sides sides = LowRankBasis.choose(basis, gradient, 2, seeds, false);
            for (Projection projection : List.of(
                    new LowRankProjection(null, sides.right(), false),
                    new LowRankProjection(sides.left(), null, false),
                    new LowRankProjection(sides.left(), sides.right(), false))) {
                Tensor low = projection.project(gradient);
                Tensor back = Tensor.zeros(DType.FLOAT64, 6, 4);
                projection.addLifted(back, low);
                assertThat(projection.project(back).minus(low).norm().item()).isLessThan(1e-12);
                Tensor left = projection.project(projection.residual(gradient, low));
                assertThat(left.norm().item())
                        .isLessThan(1e-12 * gradient.norm().item() * 10);
            }
        }
        Projection columns = new IndexProjection(1, Tensor.of(new long[] {0, 2}, 2));
        assertThat(columns.project(columns.residual(gradient, columns.project(gradient)))
                        .abs()
                        .max()
                        .item())
                .isZero();
    }

    @Test
    void fullRankLeavesNoNoiseToTheSign() {
        Tensor w = Tensor.zeros(DType.FLOAT32, 8, 8).requiresGrad();
        Tensor none = Tensor.zeros(DType.FLOAT32, 8, 8).requiresGrad();
        Frugal sign = new Frugal(Map.of("w", w), PLAIN.withSubspace(SVD).withDensity(1));
        Frugal nothing = new Frugal(
                Map.of("w", none), PLAIN.withSubspace(SVD).withDensity(1).withStateFree(StateFree.NONE));
        Tensor gradient = random("g", 8, 8).to(DType.FLOAT32);
        step(sign, w, gradient);
        step(nothing, none, gradient);
        assertThat(w.toDoubles()).isEqualTo(none.toDoubles());
    }

    @Test
    void momentumWithoutMemoryIsSgdForEveryChoice() {
        Tensor w = random("w", 4, 4).requiresGrad();
        double[] expected = w.minus(random("g0", 4, 4).times(0.1))
                .minus(random("g1", 4, 4).times(0.1))
                .toDoubles();
        Frugal frugal = new Frugal(
                Map.of("w", w),
                PLAIN.withSubspace(new Subspace.Entries())
                        .withStateFull(new StateFull.MomentumRule(0, 0))
                        .withStateFree(StateFree.SGD)
                        .withUpdateGap(1));
        step(frugal, w, random("g0", 4, 4));
        step(frugal, w, random("g1", 4, 4));
        assertThat(w.toDoubles()).containsExactly(expected, within(1e-14));
    }

    @Test
    void stateIsCountedAsInThePaper() {
        Map<String, Tensor> linear = Map.of("a", random("a", 8, 16).requiresGrad());
        Map<String, Tensor> rest = Map.of("b", random("b", 1, 10).requiresGrad());
        Frugal frugal = new Frugal(linear, rest, PLAIN.withSubspace(new Subspace.Columns()));
        linear.get("a").grad(random("g", 8, 16));
        rest.get("b").grad(random("h", 1, 10));
        frugal.step();
        assertThat(frugal.stateNumbers()).isEqualTo(2 * (8 * 4 + 10));
    }

    @Test
    void basesAndIndicesOfEntriesAreCountedToo() {
        // A quarter of the shorter side, 8: rank 2 on the left, with a basis of 8 by 2.
        assertThat(stateOf(SVD)).isEqualTo(2 * (2 * 16) + 8 * 2);
        assertThat(stateOf(new Subspace.Entries())).isEqualTo(2 * 32 + 32);
        assertThat(stateOf(new Subspace.Rows())).isEqualTo(2 * 2 * 16);
    }

    private static long stateOf(Subspace subspace) {
        Tensor w = random("a", 8, 16).requiresGrad();
        try (Frugal frugal = new Frugal(Map.of("a", w), PLAIN.withSubspace(subspace))) {
            step(frugal, w, random("g", 8, 16));
            return frugal.stateNumbers();
        }
    }

    @Test
    void aQuarterOfFourteenBlocksAreFour() {
        Map<String, Tensor> blocks = new LinkedHashMap<>();
        for (int i = 0; i < 14; i++) {
            Tensor block = random("b" + i, 2, 3).requiresGrad();
            block.grad(random("g" + i, 2, 3));
            blocks.put("b" + i, block);
        }
        try (Frugal frugal = new Frugal(blocks, PLAIN)) {
            frugal.step();
            assertThat(frugal.stateNumbers()).isEqualTo(4 * 2 * 6);
        }
    }

    /** The numbers of the paper's sheet for the character model: 81,920 weights are projectable, 5,056 are not. */
    @Test
    void stateOfTheCharacterModel() {
        assertThat(stateOfTheCharacterModel(Contender.COLUMNS)).isEqualTo(0.25 * 2 * 81_920 + 2 * 5_056);
        assertThat(stateOfTheCharacterModel(Contender.NO_STATE)).isEqualTo(2 * 5_056);
        assertThat(stateOfTheCharacterModel(Contender.ADAMW)).isEqualTo(2 * 86_976);
    }

    private static double stateOfTheCharacterModel(Contender contender) {
        CharacterTransformer model = new CharacterTransformer(Seeds.root(1).generator("model"));
        Map<String, Tensor> all = new LinkedHashMap<>(model.projectable());
        all.putAll(model.regular());
        all.values().forEach(tensor -> tensor.grad(tensor.detach().copy()));
        try (Optimizer optimizer =
                contender.optimizer(model.projectable(), model.regular(), new Rate(1e-3, 1), 50, 0)) {
            optimizer.step();
            return Contender.stateNumbers(optimizer);
        } finally {
            model.close();
        }
    }

    @Test
    void anAllZeroGradientTakesTheFirstUnitVectors() {
        Tensor w = Tensor.zeros(DType.FLOAT64, 3, 2).requiresGrad();
        Frugal frugal = new Frugal(Map.of("w", w), PLAIN.withSubspace(SVD).withDensity(0.5));
        step(frugal, w, Tensor.zeros(DType.FLOAT64, 3, 2));
        assertThat(w.toDoubles()).containsOnly(0);
        assertThat(frugal.state().tensor("w/right", 1, 2).toDoubles()).containsExactly(1, 0);
    }

    @Test
    void badOptionsAndTensorsAreRefused() {
        assertThatThrownBy(() -> PLAIN.withDensity(1.5))
                .hasMessageContaining("density")
                .hasMessageContaining("1.5");
        assertThatThrownBy(() -> PLAIN.withUpdateGap(0)).hasMessageContaining("updateGap");
        assertThatThrownBy(() -> PLAIN.withLearningRate(-1)).hasMessageContaining("learningRate");
        Tensor vector = Tensor.zeros(DType.FLOAT64, 3);
        assertThatThrownBy(() -> new Frugal(Map.of("bias", vector), PLAIN.withSubspace(SVD)))
                .hasMessageContaining("'bias'")
                .hasMessageContaining("regular");
        Map<String, Tensor> six = new LinkedHashMap<>();
        for (int i = 0; i < 6; i++) {
            six.put("w" + i, Tensor.zeros(DType.FLOAT64, 2, 2));
        }
        assertThatThrownBy(() -> new Frugal(
                        six,
                        PLAIN.withSubspace(new Subspace.Blocks(Order.MIRROR)).withDensity(0.5)))
                .hasMessageContaining("mirror");
        Tensor w = parameter(new double[][] {{1}});
        Frugal frugal = new Frugal(Map.of("w", w), PLAIN);
        assertThatThrownBy(() -> step(frugal, w, new double[][] {{Double.NaN}}))
                .isInstanceOf(NonFiniteGradientException.class)
                .hasMessageContaining("'w'")
                .hasMessageContaining("step 1");
        assertThat(w.toDoubles()).containsExactly(1);
    }

    @Test
    void blocksOfSeveralGroupsTakeTurnsByTheSameOptions() {
        FrugalOptions blocks = PLAIN.withSubspace(new Subspace.Blocks(Subspace.Order.ASCENDING));
        ParameterGroup<FrugalOptions> first = new ParameterGroup<>("first", Map.of("a", random("a", 2, 2)), blocks);
        Map<String, Tensor> others = Map.of("b", random("b", 2, 2));
        // Other rates are fine.
        new Frugal(List.of(first, new ParameterGroup<>("second", others, blocks.withLearningRate(1)))).close();
        assertThatThrownBy(() ->
                        new Frugal(List.of(first, new ParameterGroup<>("second", others, blocks.withUpdateGap(7)))))
                .hasMessageContainingAll("take turns together", "'a'", "'b'");
    }

    @Test
    void galoreAndBadamLeaveTheRestAlone() {
        Map<String, Tensor> parameters = parameters();
        Frugal badam = new Frugal(List.of(
                new ParameterGroup<>("all", parameters, FrugalOptions.badam().withUpdateGap(2))));
        double[] first = parameters.get("w0").toDoubles();
        run(badam, parameters, 0, 2);
        assertThat(parameters.get("w0").toDoubles()).isEqualTo(first);
        assertThat(FrugalOptions.galore().stateFree()).isEqualTo(StateFree.NONE);
    }
}
