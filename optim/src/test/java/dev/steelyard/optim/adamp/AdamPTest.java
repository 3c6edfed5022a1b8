package dev.steelyard.optim.adamp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.steelyard.optim.AdamW;
import dev.steelyard.optim.AdamWOptions;
import dev.steelyard.optim.OptimizerContract;
import dev.steelyard.torch.Optimizer;
import dev.steelyard.torch.Scope;
import dev.steelyard.torch.Tensor;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AdamPTest extends OptimizerContract {

    private static final AdamPOptions OPTIONS =
            AdamPOptions.defaults().withLearningRate(0.01).withWeightDecay(0.1);

    @Override
    protected Optimizer create(Map<String, Tensor> parameters) {
        return new AdamP(parameters, OPTIONS);
    }

    @Test
    void withDeltaZeroItIsAdamW() {
        assertSameAsAdamW(OPTIONS.withDelta(0), 4, 3);
    }

    @Test
    void vectorsAreNeverProjected() {
        assertSameAsAdamW(OPTIONS.withDelta(100), 12);
    }

    @Test
    void aRatioOfOneLeavesTheDecayAlone() {
        try (Scope scope = Scope.open()) {
            double[] ratioOne = firstStep(OPTIONS.withWeightDecayRatio(1).withDelta(100));
            double[] undecayed = firstStep(OPTIONS.withWeightDecay(0).withDelta(100));
            double[] start = ProjectionTest.random(1, 4, 3).toDoubles();
            for (int i = 0; i < start.length; i++) {
                assertThat(ratioOne[i]).isEqualTo(undecayed[i] - 0.01 * 0.1 * start[i], within(1e-14));
            }
        }
    }

    @Test
    void withoutDecayTheRatioDoesNotMatter() {
        try (Scope scope = Scope.open()) {
            AdamPOptions options = OPTIONS.withWeightDecay(0).withDelta(100);
            assertThat(firstStep(options.withWeightDecayRatio(0)))
                    .isEqualTo(firstStep(options.withWeightDecayRatio(1)));
        }
    }

    @Test
    void permutedRowsMoveAlike() {
        try (Scope scope = Scope.open()) {
            Tensor order = Tensor.of(new long[] {2, 0, 3, 1}, 4);
            Tensor w = ProjectionTest.random(1, 4, 3);
            Tensor permuted = w.indexSelect(0, order).copy();
            Tensor gradient = ProjectionTest.random(2, 4, 3);
            try (AdamP one = new AdamP(Map.of("w", w), OPTIONS.withDelta(100));
                    AdamP other = new AdamP(Map.of("w", permuted), OPTIONS.withDelta(100))) {
                w.grad(gradient);
                permuted.grad(gradient.indexSelect(0, order).copy());
                one.step();
                other.step();
            }
            assertThat(permuted.toDoubles()).isEqualTo(w.indexSelect(0, order).toDoubles());
        }
    }

    @Test
    void aStateOfAnotherShapeIsRefusedByName() {
        try (Scope scope = Scope.open()) {
            Tensor small = ProjectionTest.random(1, 2, 2);
            Tensor large = ProjectionTest.random(1, 3, 2);
            try (AdamP saved = new AdamP(Map.of("w", small), OPTIONS);
                    AdamP other = new AdamP(Map.of("w", large), OPTIONS)) {
                small.grad(ProjectionTest.random(2, 2, 2));
                saved.step();
                assertThatThrownBy(() -> other.load(saved.state()))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("'moment1'")
                        .hasMessageContaining("[3, 2]");
            }
        }
    }

    @Test
    void theReportGivesNormAndEffectiveStep() {
        try (Scope scope = Scope.open()) {
            Tensor w = Tensor.of(new double[] {3, 4}, 1, 2);
            try (AdamP adamP = new AdamP(Map.of("w", w), OPTIONS)) {
                adamP.learningRateFactor(0.5);
                ProjectionReport report = adamP.projections().getFirst();
                assertThat(report.view()).isEqualTo(View.NONE);
                assertThat(report.weightNorm()).isEqualTo(5, within(1e-12));
                assertThat(report.effectiveStepSize()).isEqualTo(0.005 / 25, within(1e-12));
            }
        }
    }

    @Test
    void optionsOutOfRangeAreRefusedByName() {
        AdamPOptions good = AdamPOptions.defaults();
        assertRefused("learningRate", () -> good.withLearningRate(0));
        assertRefused("learningRate", () -> good.withLearningRate(Double.NaN));
        assertRefused("beta1", () -> good.withBeta1(1));
        assertRefused("beta2", () -> good.withBeta2(-0.1));
        assertRefused("eps", () -> good.withEps(0));
        assertRefused("weightDecay", () -> good.withWeightDecay(-1));
        assertRefused("delta", () -> good.withDelta(-0.1));
        assertRefused("weightDecayRatio", () -> good.withWeightDecayRatio(1.1));
    }

    static void assertRefused(String name, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith(name + " must");
    }

    private static double[] firstStep(AdamPOptions options) {
        Tensor w = ProjectionTest.random(1, 4, 3);
        w.grad(ProjectionTest.random(2, 4, 3));
        try (AdamP adamP = new AdamP(Map.of("w", w), options)) {
            adamP.step();
        }
        return w.toDoubles();
    }

    private static void assertSameAsAdamW(AdamPOptions options, long... shape) {
        Random seeds = new Random(7);
        try (Scope scope = Scope.open()) {
            Tensor one = ProjectionTest.random(1, shape);
            Tensor other = one.copy();
            try (AdamP adamP = new AdamP(Map.of("w", one), options);
                    AdamW adamW = new AdamW(Map.of("w", other), new AdamWOptions(0.01, 0.9, 0.999, 1e-8, 0.1))) {
                for (int step = 0; step < 10; step++) {
                    Tensor gradient = ProjectionTest.random(seeds.nextInt(), shape);
                    one.grad(gradient);
                    other.grad(gradient);
                    adamP.step();
                    adamW.step();
                }
            }
            assertThat(one.toDoubles()).containsExactly(other.toDoubles(), within(1e-12));
        }
    }
}
