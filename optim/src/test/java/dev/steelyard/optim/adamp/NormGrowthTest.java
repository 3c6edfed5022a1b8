package dev.steelyard.optim.adamp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.steelyard.torch.Optimizer;
import dev.steelyard.torch.Scope;
import dev.steelyard.torch.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** How norms grow on the exactly scale-invariant Rayleigh quotient; the closed forms are those of the paper's lemmas. */
class NormGrowthTest {

    private static final double LEARNING_RATE = 0.1;
    private static final double MOMENTUM = 0.9;
    private static final int STEPS = 200;

    @Test
    void descentAddsTheSquaresOfItsSteps() {
        assertAddsSquaresOfSteps(RayleighQuotient.GD, 1e-10);
    }

    @Test
    void sgdPAddsTheSquaresOfItsSteps() {
        // eps = 1e-8 leaves a trace of the update along the weight
        assertAddsSquaresOfSteps(RayleighQuotient.SGDP, 1e-7);
    }

    @Test
    void adamPAddsTheSquaresOfItsSteps() {
        assertAddsSquaresOfSteps(RayleighQuotient.ADAMP, 1e-7);
    }

    private static void assertAddsSquaresOfSteps(String method, double precision) {
        try (Scope scope = Scope.open()) {
            List<double[]> path = path(method);
            for (int i = 1; i < path.size(); i++) {
                double[] before = path.get(i - 1);
                double[] after = path.get(i);
                double moved = 0;
                for (int j = 0; j < before.length; j++) {
                    moved += (after[j] - before[j]) * (after[j] - before[j]);
                }
                assertThat(squares(after)).isEqualTo(squares(before) + moved, within(precision));
                assertThat(squares(after)).isGreaterThan(squares(before) - precision);
            }
        }
    }

    @Test
    void momentumAddsTheSumOfTheLemma() {
        try (Scope scope = Scope.open()) {
            List<double[]> path = path(RayleighQuotient.MOMENTUM);
            double memory = 0;
            for (int i = 1; i < path.size(); i++) {
                double[] before = path.get(i - 1);
                double[] after = path.get(i);
                double buffer = 0;
                for (int j = 0; j < before.length; j++) {
                    double v = (before[j] - after[j]) / LEARNING_RATE;
                    buffer += v * v;
                }
                double expected = squares(before) + LEARNING_RATE * LEARNING_RATE * (buffer + 2 * memory);
                assertThat(squares(after)).isEqualTo(expected, within(1e-10));
                memory = MOMENTUM * (memory + buffer);
            }
        }
    }

    @Test
    void uncorrelatedGradientsGrowTheNormNineteenfold() {
        double descent = growthWithRandomGradients(RayleighQuotient.GD);
        double momentum = growthWithRandomGradients(RayleighQuotient.MOMENTUM);
        double variance = 1 / (1 - MOMENTUM * MOMENTUM);
        // The buffer's square is that of a gradient times the variance; steps of descent have the gradient's own.
        assertThat(momentum / descent / variance).isEqualTo(1 + 2 * MOMENTUM / (1 - MOMENTUM), within(2.5));
    }

    /** Growth of the squared norm under random gradients at right angles to a weight so long that it hardly turns. */
    private static double growthWithRandomGradients(String method) {
        Random random = new Random(5);
        try (Scope scope = Scope.open()) {
            double[] start = random.doubles(50, -100, 100).toArray();
            Tensor w = Tensor.of(start, 1, 50);
            try (Optimizer optimizer = RayleighQuotient.optimizer(method, Map.of("w", w))) {
                for (int step = 0; step < 2000; step++) {
                    double[] now = w.toDoubles();
                    double[] g = random.doubles(50, -1, 1).toArray();
                    double along = 0;
                    for (int j = 0; j < 50; j++) {
                        along += g[j] * now[j];
                    }
                    along /= squares(now);
                    for (int j = 0; j < 50; j++) {
                        g[j] -= along * now[j];
                    }
                    w.grad(Tensor.of(g, 1, 50));
                    optimizer.step();
                }
            }
            return squares(w.toDoubles()) - squares(start);
        }
    }

    private static List<double[]> path(String method) {
        Tensor w = RayleighQuotient.start(new java.util.SplittableRandom(3)).requiresGrad();
        Tensor curvature = RayleighQuotient.curvature();
        List<double[]> path = new ArrayList<>(List.of(w.toDoubles()));
        try (Optimizer optimizer = RayleighQuotient.optimizer(method, Map.of("w", w))) {
            for (int step = 0; step < STEPS; step++) {
                try (Scope scope = Scope.open()) {
                    w.square().times(curvature).sum().over(w.square().sum()).backward();
                    optimizer.step();
                    optimizer.zeroGrad();
                }
                path.add(w.toDoubles());
            }
        }
        return path;
    }

    private static double squares(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value * value;
        }
        return sum;
    }
}
