package dev.steelyard.optim.frugal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.steelyard.core.study.Seeds;
import dev.steelyard.torch.DType;
import dev.steelyard.torch.Functions;
import dev.steelyard.torch.Scope;
import dev.steelyard.torch.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a new choice does to statistics that are kept, and other rules of the paper's theory and practice. */
class CarryOverTest {

    private static Tensor random(long seed, DType type) {
        return Functions.normal(Seeds.root(seed).generator("z"), 0, 1, 4, 5).to(type);
    }

    /** The version with a guarantee: m_j goes on if j stays, begins anew if j comes; the others take a plain step. */
    @ParameterizedTest
    @EnumSource(
            value = DType.class,
            names = {"FLOAT32", "FLOAT64"})
    void coordinatesThatStayKeepTheirMomentum(DType type) {
        FrugalOptions options = FrugalOptions.defaults()
                .withSubspace(new Subspace.Entries())
                .withDensity(0.5)
                .withUpdateGap(1)
                .withStateFull(new StateFull.MomentumRule(0.9, 0.9))
                .withStateFree(StateFree.SGD)
                .withLearningRate(0.1)
                .withWeightDecay(0)
                .withResetStatistics(false);
        try (Scope scope = Scope.open()) {
            Tensor w = random(1, type);
            double[] expected = w.toDoubles();
            double[] momentum = new double[expected.length];
            boolean[] before = new boolean[expected.length];
            int stayed = 0;
            try (Frugal frugal = new Frugal(Map.of("w", w), options)) {
                for (int step = 0; step < 6; step++) {
                    Tensor gradient = random(10 + step, type);
                    w.grad(gradient);
                    frugal.step();
                    boolean[] chosen = new boolean[expected.length];
                    for (long place : frugal.state().tensors().get("w/indices").toLongs()) {
                        chosen[(int) place] = true;
                    }
                    double[] g = gradient.toDoubles();
                    for (int j = 0; j < expected.length; j++) {
                        stayed += chosen[j] && before[j] ? 1 : 0;
                        momentum[j] = chosen[j] ? 0.1 * g[j] + (before[j] ? 0.9 * momentum[j] : 0) : 0;
                        expected[j] -= 0.1 * (chosen[j] ? momentum[j] : g[j]);
                    }
                    before = chosen;
                }
            }
            assertThat(stayed).isPositive();
            assertThat(w.toDoubles()).containsExactly(expected, within(type == DType.FLOAT32 ? 1e-6 : 1e-14));
        }
    }

    @Test
    void theSignsOfSingularVectorsDoNotMatterWithinAPeriod() {
        try (Scope scope = Scope.open()) {
            Tensor gradient = random(1, DType.FLOAT64);
            Tensor right = Functions.svd(gradient).vTransposed().narrow(0, 0, 2).contiguous();
            Tensor flipped = right.times(Tensor.of(new double[] {-1, 1}, 2, 1));
            double[][] moved = new double[2][];
            for (int i = 0; i < 2; i++) {
                Projection projection = new LowRankProjection(null, i == 0 ? right : flipped, false);
                Tensor weight = random(2, DType.FLOAT64);
                Tensor low = projection.project(gradient);
                // Adam's first step is odd in the gradient.
                Tensor movement = low.over(low.abs().plus(1e-8)).times(-0.1);
                projection.addLifted(weight, movement);
                weight.addInPlace(projection.residual(gradient, low).sign(), -0.1);
                moved[i] = weight.toDoubles();
            }
            assertThat(moved[0]).containsExactly(moved[1], within(1e-12));
        }
    }

    @Test
    void aRankOfLoraGivesADensity() {
        try (Scope scope = Scope.open()) {
            Tensor query = Tensor.zeros(DType.FLOAT32, 64, 64);
            Tensor up = Tensor.zeros(DType.FLOAT32, 128, 64);
            // 4 (64 + 64) of 64 64 + 128 64
            assertThat(FrugalOptions.densityOfRank(4, List.of(query), List.of(query, up)))
                    .isCloseTo(512.0 / 12_288, within(1e-15));
            assertThat(FrugalOptions.densityOfRank(1000, List.of(query), List.of(query)))
                    .isEqualTo(1);
            assertThatThrownBy(() -> FrugalOptions.densityOfRank(0, List.of(query), List.of(query)))
                    .hasMessageContaining("rank must be at least 1, was 0");
            assertThatThrownBy(() -> FrugalOptions.densityOfRank(1, List.of(query.reshape(-1)), List.of(query)))
                    .hasMessageContaining("matrices");
            assertThatThrownBy(() -> FrugalOptions.densityOfRank(1, List.of(query), Arrays.asList()))
                    .hasMessageContaining("projectable");
        }
    }
}
