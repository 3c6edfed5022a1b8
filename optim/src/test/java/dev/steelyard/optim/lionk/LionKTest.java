package dev.steelyard.optim.lionk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.steelyard.torch.DType;
import dev.steelyard.torch.NonFiniteGradientException;
import dev.steelyard.torch.Scope;
import dev.steelyard.torch.StateDict;
import dev.steelyard.torch.Tensor;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LionKTest {

    private static final Offset<Double> EXACT = within(1e-12);
    private static final Offset<Double> TEN_DIGITS = within(5e-11);

    /** The gradient of {@code (x1 - 2)^2 / 2 + 1.5 x2^2}. */
    private static Tensor exampleGradient(Tensor x) {
        return x.minus(Tensor.of(new double[] {2, 0}, 2)).times(Tensor.of(new double[] {1, 3}, 2));
    }

    private static Tensor exampleStart() {
        return Tensor.of(new double[] {1, -0.5}, 2);
    }

    private static void step(LionK lion, Tensor x, Tensor gradient) {
        x.grad(gradient);
        lion.step();
        lion.zeroGrad();
    }

    private static void assertNear(Tensor tensor, Offset<Double> offset, double... expected) {
        double[] values = tensor.toDoubles();
        for (int i = 0; i < expected.length; i++) {
            assertThat(values[i]).isCloseTo(expected[i], offset);
        }
    }

    @Test
    void workedExampleOfLion() {
        try (Scope scope = Scope.open()) {
            Tensor x = exampleStart();
            LionK lion = LionK.of(Map.of("x", x), LionKOptions.lion(0.1, 0.5));
            step(lion, x, exampleGradient(x));
            assertNear(x, EXACT, 1.05, -0.375);
            assertNear(lion.momentum("x"), EXACT, 0.01, 0.015);
            step(lion, x, exampleGradient(x));
            assertNear(x, EXACT, 1.0975, -0.25625);
            assertNear(lion.momentum("x"), EXACT, 0.0194, 0.0261);
            step(lion, x, exampleGradient(x));
            assertNear(x, EXACT, 1.142625, -0.1434375);
            assertNear(lion.momentum("x"), EXACT, 0.028231, 0.0335265);
        }
    }

    @Test
    void workedExampleOfHuberInTheImplicitForm() {
        try (Scope scope = Scope.open()) {
            Tensor x = exampleStart();
            LionK lion = LionK.of(
                    Map.of("x", x), LionKOptions.of(new Huber(0.5), 0.1, 0.5).in(DecayForm.IMPLICIT));
            step(lion, x, exampleGradient(x));
            assertNear(x, TEN_DIGITS, 0.9714285714, -0.4476190476);
            step(lion, x, exampleGradient(x));
            assertNear(x, TEN_DIGITS, 0.9464761905, -0.398154195);
            step(lion, x, exampleGradient(x));
            assertNear(x, TEN_DIGITS, 0.924933424, -0.3515950481);
            assertNear(lion.momentum("x"), TEN_DIGITS, 0.0305190952, 0.0399404116);
        }
    }

    @Test
    void workedExampleOfTheDiagnostics() {
        try (Scope scope = Scope.open()) {
            Tensor x = exampleStart();
            Tensor m = Tensor.of(new double[] {0.2, -0.1}, 2);
            LionKOptions options = LionKOptions.lion(0.1, 0.5).in(DecayForm.IMPLICIT);
            double loss = 0.5 + 1.5 * 0.25;
            assertThat(LionDiagnostics.lyapunovWeight(options)).isCloseTo(6, EXACT);
            LionDiagnostics diagnostics = LionDiagnostics.measure(loss, exampleGradient(x), x, m, options);
            assertThat(diagnostics.lyapunov()).isCloseTo(1.925, EXACT);
            assertThat(diagnostics.score()).isCloseTo(2.375, EXACT);
            assertThat(diagnostics.violation()).isCloseTo(-0.5, EXACT);
        }
    }

    @Test
    void theOptimiserTellsItsOwnDiagnostics() {
        try (Scope scope = Scope.open()) {
            Tensor x = exampleStart();
            LionK lion = LionK.of(Map.of("x", x), LionKOptions.lion(0.1, 0.5));
            x.grad(exampleGradient(x));
            LionDiagnostics diagnostics = lion.diagnostics(0.875);
            assertThat(diagnostics.score()).isCloseTo(2.375, EXACT);
            assertThat(diagnostics.lyapunov()).isCloseTo(0.875, EXACT);
        }
    }

    static java.util.stream.Stream<ConvexFunction> catalogue() {
        return ConvexFunctionTest.catalogue();
    }

    @ParameterizedTest
    @MethodSource("catalogue")
    void theTwoFormsAreOneMap(ConvexFunction k) {
        try (Scope scope = Scope.open()) {
            double rate = 0.1;
            double lambda = 0.5;
            Tensor implicit = ConvexFunctionTest.random(1);
            Tensor explicit = implicit.copy();
            LionK first = LionK.of(
                    Map.of("x", implicit), LionKOptions.of(k, rate, lambda).in(DecayForm.IMPLICIT));
            LionK second = LionK.of(Map.of("x", explicit), LionKOptions.of(k, rate / (1 + rate * lambda), lambda));
            for (int i = 0; i < 10; i++) {
                Tensor gradient = ConvexFunctionTest.random(10 + i);
                step(first, implicit, gradient);
                step(second, explicit, gradient);
            }
            assertThat(Vectors.maxAbsolute(implicit.minus(explicit))).isLessThan(1e-14);
        }
    }

    @ParameterizedTest
    @MethodSource("catalogue")
    void reflectionCommutesForEvenFunctions(ConvexFunction k) {
        try (Scope scope = Scope.open()) {
            Tensor x = ConvexFunctionTest.random(1);
            Tensor mirrored = x.negative();
            LionK first = LionK.of(Map.of("x", x), LionKOptions.of(k, 0.05, 0.5));
            LionK second = LionK.of(Map.of("x", mirrored), LionKOptions.of(k, 0.05, 0.5));
            for (int i = 0; i < 20; i++) {
                step(first, x, x.minus(1).times(2));
                step(second, mirrored, mirrored.plus(1).times(2));
            }
            boolean commutes = Vectors.maxAbsolute(x.plus(mirrored)) < 1e-13;
            assertThat(commutes).isEqualTo(k.even());
        }
    }

    @Test
    void halfSquareWithoutDecayIsTheHeavyBall() {
        try (Scope scope = Scope.open()) {
            Tensor x = exampleStart();
            Tensor expected = exampleStart();
            Tensor m = expected.times(0);
            LionK lion = LionK.of(
                    Map.of("x", x), LionKOptions.of(new HalfSquare(), 0.1, 0).betas(0.9, 0.9));
            for (int i = 0; i < 30; i++) {
                m = m.times(0.9).minus(exampleGradient(expected).times(0.1));
                expected = expected.plus(m.times(0.1));
                step(lion, x, exampleGradient(x));
            }
            assertThat(Vectors.maxAbsolute(x.minus(expected))).isLessThan(1e-14);
        }
    }

    @Test
    void lionMovesByItsRateAndStaysInTheBox() {
        try (Scope scope = Scope.open()) {
            double rate = 0.03;
            double lambda = 2;
            Tensor x = ConvexFunctionTest.random(2).times(5);
            LionK lion = LionK.of(Map.of("x", x), LionKOptions.lion(rate, lambda));
            boolean inside = false;
            double before = LionDiagnostics.violation(new L1(), x, lambda);
            for (int i = 0; i < 200; i++) {
                Tensor old = x.copy();
                step(lion, x, ConvexFunctionTest.random(100 + i));
                Tensor move = x.minus(old.times(1 - rate * lambda));
                assertThat(Vectors.maxAbsolute(move)).isCloseTo(rate, within(1e-14));
                double violation = LionDiagnostics.violation(new L1(), x, lambda);
                assertThat(violation).isLessThan(Math.max(0, before * (1 - rate * lambda)) + 1e-13);
                inside |= violation <= 0;
                before = violation;
            }
            assertThat(inside).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("catalogue")
    void theScoreIsNotNegativeInTheDomain(ConvexFunction k) {
        try (Scope scope = Scope.open()) {
            for (int seed = 0; seed < 10; seed++) {
                Tensor x = k.subgradient(ConvexFunctionTest.random(seed)).over(0.5);
                Tensor gradient = ConvexFunctionTest.random(50 + seed);
                assertThat(LionDiagnostics.score(k, x, gradient, 0.5)).isGreaterThan(-1e-12);
                Tensor stationary = k.subgradient(gradient.negative()).over(0.5);
                assertThat(LionDiagnostics.score(k, stationary, gradient, 0.5)).isCloseTo(0, within(1e-11));
            }
        }
    }

    @Test
    void theScoreIsZeroAtTheReferenceOptimumOfTheBox() {
        try (Scope scope = Scope.open()) {
            double lambda = 1;
            Tensor a = ConvexFunctionTest.random(3);
            DifferentiableFunction f = DifferentiableFunction.leastSquares(a, Tensor.of(new double[] {9, -4, 2}, 3));
            Tensor x = Tensor.zeros(DType.FLOAT64, 4);
            for (int step = 0; step < 4000; step++) {
                try (Scope one = Scope.open()) {
                    x.copyInPlace(x.minus(f.gradient(x).times(0.05)).clamp(-1 / lambda, 1 / lambda));
                }
            }
            assertThat(Vectors.maxAbsolute(x)).isEqualTo(1 / lambda);
            assertThat(LionDiagnostics.score(new L1(), x, f.gradient(x), lambda))
                    .isBetween(-1e-12, 1e-6);
            Tensor inside = x.times(0.9);
            assertThat(LionDiagnostics.score(new L1(), inside, f.gradient(inside), lambda))
                    .isGreaterThan(0.01);
        }
    }

    @Test
    void theImplicitFormMeetsTheBoxByOneOverOnePlusRateTimesDecay() {
        try (Scope scope = Scope.open()) {
            double rate = 0.03;
            double lambda = 2;
            Tensor x = ConvexFunctionTest.random(2).times(5);
            LionK lion =
                    LionK.of(Map.of("x", x), LionKOptions.lion(rate, lambda).in(DecayForm.IMPLICIT));
            double before = LionDiagnostics.violation(new L1(), x, lambda);
            assertThat(before).isPositive();
            for (int i = 0; i < 200; i++) {
                step(lion, x, ConvexFunctionTest.random(100 + i));
                double violation = LionDiagnostics.violation(new L1(), x, lambda);
                assertThat(violation).isLessThan(Math.max(0, before / (1 + rate * lambda)) + 1e-13);
                before = violation;
            }
            assertThat(before).isNotPositive();
        }
    }

    @Test
    void theSolversScheduleMayEndAtZero() {
        try (Scope scope = Scope.open()) {
            Tensor target = Tensor.of(new double[] {3, 0.1}, 2);
            DifferentiableFunction f = DifferentiableFunction.of(
                    x -> x.minus(target).square().sum().over(2));
            ConstrainedSolver.Solution solution = new ConstrainedSolver(0.9, 0.99, 1000, 10)
                    .solve(f, new L1(), 1, step -> 0.1 * (1 - step / 1000.0), -1, target.times(0));
            assertThat(solution.x().toDoubles()).containsExactly(new double[] {1, 0.1}, within(1e-2));
            assertThat(solution.diagnostics().lyapunov()).isCloseTo(solution.value(), EXACT);
            solution.x().close();
        }
    }

    @Test
    void theSolverFindsTheConstrainedOptimum() {
        try (Scope scope = Scope.open()) {
            // The nearest point of the l2 ball of radius 1/2 to (2, 1).
            Tensor target = Tensor.of(new double[] {2, 1}, 2);
            DifferentiableFunction f = DifferentiableFunction.of(
                    x -> x.minus(target).square().sum().over(2));
            ConstrainedSolver.Solution solution = new ConstrainedSolver()
                    .solve(f, new L2(), 2, step -> 0.1 / Math.sqrt(1 + step), 1e-6, target.times(0));
            assertThat(solution.converged()).isTrue();
            double norm = Math.sqrt(5);
            assertNear(solution.x(), within(1e-3), 1 / norm, 0.5 / norm);
            solution.x().close();
        }
    }

    @Test
    void momentumMayBeKeptInHalfTheBytesAndIsRestored() {
        try (Scope scope = Scope.open()) {
            Tensor x = ConvexFunctionTest.random(1).to(DType.FLOAT32);
            Tensor resumed = x.copy();
            LionKOptions options = LionKOptions.lion(0.01, 0.1).momentumIn(DType.BFLOAT16);
            LionK lion = LionK.of(Map.of("x", x), options);
            step(lion, x, ConvexFunctionTest.random(2).to(DType.FLOAT32));
            assertThat(lion.stateBytes()).isEqualTo(2 * 12);
            StateDict state = lion.state();
            resumed.copyInPlace(x);
            LionK second = LionK.of(Map.of("x", resumed), options);
            second.load(state);
            step(lion, x, ConvexFunctionTest.random(3).to(DType.FLOAT32));
            step(second, resumed, ConvexFunctionTest.random(3).to(DType.FLOAT32));
            assertThat(resumed.toFloats()).containsExactly(x.toFloats());
        }
    }

    @Test
    void badOptionsAndGradientsAreRefused() {
        assertThatThrownBy(() -> LionKOptions.lion(0, 0)).hasMessageContaining("learningRate must be finite");
        assertThatThrownBy(() -> LionKOptions.lion(0.5, 2))
                .hasMessageContaining("must be below 1 in the explicit form");
        assertThatThrownBy(() -> LionKOptions.lion(0.1, -1)).hasMessageContaining("weightDecay must be");
        assertThatThrownBy(() -> LionKOptions.lion(0.1, 0).betas(1, 0.9)).hasMessageContaining("beta1 must be in");
        assertThatThrownBy(() -> LionKOptions.lion(0.1, 0).momentumIn(DType.INT8))
                .hasMessageContaining("floating type");
        assertThatThrownBy(() ->
                        LionDiagnostics.lyapunovWeight(LionKOptions.lion(0.1, 1).betas(0.99, 0.9)))
                .hasMessageContaining("beta1 <= beta2");
        try (Scope scope = Scope.open()) {
            Tensor x = exampleStart();
            assertThatThrownBy(() -> LionDiagnostics.violation(new L1(), x, 0)).hasMessageContaining("above 0");
            assertThatThrownBy(() -> LionK.of(Map.of("x", x), LionKOptions.of(new Nuclear(), 0.1, 0)))
                    .hasMessageContaining("'x'");
            LionK lion = LionK.of(Map.of("x", x), LionKOptions.lion(0.1, 5));
            assertThatThrownBy(() -> lion.learningRateFactor(2)).hasMessageContaining("below 1");
            x.grad(Tensor.of(new double[] {1, Double.NaN}, 2));
            assertThatThrownBy(lion::step)
                    .isInstanceOf(NonFiniteGradientException.class)
                    .hasMessageContaining("'x'");
            assertNear(x, EXACT, 1, -0.5);
        }
    }
}
