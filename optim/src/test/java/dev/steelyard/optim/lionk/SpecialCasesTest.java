package dev.steelyard.optim.lionk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.steelyard.optim.Lion;
import dev.steelyard.optim.LionOptions;
import dev.steelyard.optim.ParameterGroup;
import dev.steelyard.optim.Sgd;
import dev.steelyard.optim.SgdOptions;
import dev.steelyard.optim.SignSgd;
import dev.steelyard.optim.SignSgdOptions;
import dev.steelyard.torch.Optimizer;
import dev.steelyard.torch.Scope;
import dev.steelyard.torch.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The methods that Lion-K is for some K, betas and decay (the paper's table), and what groups and schedules do. */
class SpecialCasesTest {

    private static final double RATE = 0.05;

    private static void assertSame(
            LionKOptions options, java.util.function.Function<Map<String, Tensor>, Optimizer> other) {
        try (Scope scope = Scope.open()) {
            Tensor x = ConvexFunctionTest.random(1);
            Tensor expected = x.copy();
            try (LionK lion = LionK.of(Map.of("x", x), options);
                    Optimizer known = other.apply(Map.of("x", expected))) {
                for (int step = 0; step < 10; step++) {
                    Tensor gradient = ConvexFunctionTest.random(20 + step);
                    x.grad(gradient);
                    lion.step();
                    expected.grad(gradient);
                    known.step();
                }
            }
            assertThat(x.toDoubles()).containsExactly(expected.toDoubles(), within(1e-14));
        }
    }

    @Test
    void lionIsTheL1Norm() {
        assertSame(
                LionKOptions.lion(RATE, 0.3),
                parameters -> new Lion(parameters, new LionOptions(RATE, 0.9, 0.99, 0.3)));
    }

    @Test
    void signDescentIsTheL1NormWithoutMemory() {
        assertSame(
                LionKOptions.lion(RATE, 0.3).betas(0, 0),
                parameters -> new SignSgd(parameters, new SignSgdOptions(RATE, 0.3)));
    }

    @Test
    void descentIsTheHalfSquareWithoutMemory() {
        assertSame(
                LionKOptions.of(new HalfSquare(), RATE, 0).betas(0, 0),
                parameters -> new Sgd(parameters, new SgdOptions(RATE, 0, 0, false, 0)));
    }

    @Test
    void nesterovsMomentumIsTheHalfSquareWithALookAhead() {
        // Nesterov with v = mu v + g and step mu v + g is the average m = (1 - mu) v seen with beta1 = mu^2 in the
        // scale of the rate: beta1 m + (1 - beta1) g = (1 - mu)(mu v_new + g) for m of v_old, beta1 = mu^2 gives
        // mu^2 (1 - mu) v + (1 - mu^2) g = (1 - mu)(mu (mu v + g) + g).
        double mu = 0.8;
        assertSame(
                LionKOptions.of(new HalfSquare(), RATE / (1 - mu), 0).betas(mu * mu, mu),
                parameters -> new Sgd(parameters, new SgdOptions(RATE, mu, 0, true, 0)));
    }

    @Test
    void frankWolfeIsASupportFunctionWithoutMemory() {
        try (Scope scope = Scope.open()) {
            double lambda = 2;
            Tensor x = ConvexFunctionTest.random(1).times(0.1);
            double[] expected = x.toDoubles();
            try (LionK lion = LionK.of(
                    Map.of("x", x),
                    LionKOptions.of(new LInfinity(), RATE, lambda).betas(0, 0))) {
                for (int step = 0; step < 10; step++) {
                    Tensor gradient = ConvexFunctionTest.random(20 + step);
                    x.grad(gradient);
                    lion.step();
                    // Towards the vertex of the l1 ball of radius 1 / lambda that is best for the linear model.
                    double[] g = gradient.toDoubles();
                    int best = 0;
                    for (int i = 1; i < g.length; i++) {
                        best = Math.abs(g[i]) > Math.abs(g[best]) ? i : best;
                    }
                    double share = RATE * lambda;
                    for (int i = 0; i < g.length; i++) {
                        double vertex = i == best ? -Math.signum(g[i]) / lambda : 0;
                        expected[i] += share * (vertex - expected[i]);
                    }
                }
            }
            assertThat(x.toDoubles()).containsExactly(expected, within(1e-14));
        }
    }

    @Test
    void groupsHaveTheirOwnFunctionDecayAndRateAndShareTheSchedule() {
        try (Scope scope = Scope.open()) {
            Tensor first = Tensor.of(new double[] {1, -2}, 2);
            Tensor second = Tensor.of(new double[] {1, -2}, 2);
            LionKOptions signs = LionKOptions.lion(0.1, 0.5);
            LionKOptions ball = LionKOptions.of(new L2(), 0.2, 1);
            try (LionK lion = new LionK(List.of(
                    new ParameterGroup<>("signs", Map.of("first", first), signs),
                    new ParameterGroup<>("ball", Map.of("second", second), ball)))) {
                lion.learningRateFactor(0.5);
                first.grad(Tensor.of(new double[] {3, 4}, 2));
                second.grad(Tensor.of(new double[] {3, 4}, 2));
                lion.step();
            }
            // 0.05 (-1 - 0.5 x) and 0.1 (-(0.6, 0.8) - x)
            assertThat(first.toDoubles()).containsExactly(new double[] {0.925, -2}, within(1e-14));
            assertThat(second.toDoubles()).containsExactly(new double[] {0.84, -1.88}, within(1e-14));
        }
    }
}
