package dev.steelyard.optim.lionk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.steelyard.core.study.Seeds;
import dev.steelyard.torch.DType;
import dev.steelyard.torch.Functions;
import dev.steelyard.torch.Scope;
import dev.steelyard.torch.Tensor;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConvexFunctionTest {

    static Stream<ConvexFunction> catalogue() {
        return Stream.of(
                new L1(),
                new L2(),
                new Lp(1.5),
                new Lp(3),
                new LInfinity(),
                new HalfSquare(),
                new Huber(0.5),
                new DeadZone(0.5),
                new SmoothAbsolute(0.5),
                new TopK(3),
                new GroupL2(),
                new LogSumExp(),
                new Nuclear(),
                new Scaled(2, new L2()),
                new WeightedSum(
                        List.of(WeightedSum.Part.of(0.7, 5, new L1()), WeightedSum.Part.of(2, 7, new HalfSquare()))));
    }

    static Stream<ConvexFunction> smooth() {
        return catalogue().filter(k -> !(k instanceof LInfinity));
    }

    static Tensor random(long seed) {
        return Functions.normal(Seeds.root(seed).generator("z"), 0, 1, 3, 4).to(DType.FLOAT64);
    }

    @ParameterizedTest
    @MethodSource("catalogue")
    void fenchelAndYoungHoldWithEqualityAtTheSubgradient(ConvexFunction k) {
        try (Scope scope = Scope.open()) {
            for (int seed = 0; seed < 20; seed++) {
                Tensor z = random(seed);
                Tensor u = k.subgradient(z);
                assertThat(k.inDomain(u, 1e-12)).isTrue();
                assertThat(k.value(z) + k.conjugate(u)).isCloseTo(Vectors.dot(z, u), within(1e-11));
                Tensor other = random(seed + 100);
                assertThat(k.value(other) + k.conjugate(u)).isGreaterThanOrEqualTo(Vectors.dot(other, u) - 1e-12);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("smooth")
    void theSubgradientIsTheSlope(ConvexFunction k) {
        try (Scope scope = Scope.open()) {
            Tensor z = random(7);
            Tensor direction = random(8);
            double h = 1e-6;
            double slope = (k.value(z.plus(direction.times(h))) - k.value(z.minus(direction.times(h)))) / (2 * h);
            assertThat(Vectors.dot(k.subgradient(z), direction)).isCloseTo(slope, within(1e-7));
        }
    }

    @ParameterizedTest
    @MethodSource("catalogue")
    void theConjugatesSubgradientInvertsTheSubgradient(ConvexFunction k) {
        try (Scope scope = Scope.open()) {
            // s in dK*(u) means K(s) + K*(u) = s.u.
            Tensor u = k.subgradient(random(9)).times(k instanceof LogSumExp ? 1 : 0.5);
            Tensor s = k.conjugateSubgradient(u);
            assertThat(k.value(s) + k.conjugate(u)).isCloseTo(Vectors.dot(s, u), within(1e-12));
        }
    }

    @ParameterizedTest
    @MethodSource("catalogue")
    void norms(ConvexFunction k) {
        try (Scope scope = Scope.open()) {
            Tensor zero = Tensor.zeros(DType.FLOAT64, 3, 4);
            double atZero = Vectors.maxAbsolute(k.subgradient(zero));
            assertThat(atZero).isEqualTo(k instanceof LogSumExp ? 1.0 / 12 : 0);
            assertThat(k.value(zero))
                    .isCloseTo(
                            k instanceof LogSumExp ? Math.log(12) : k instanceof SmoothAbsolute ? 6 : 0, within(1e-12));
            assertThat(k.even()).isEqualTo(!(k instanceof LogSumExp));
        }
    }

    @ParameterizedTest
    @MethodSource("catalogue")
    void theProjectionIsInTheDomainAndNoPointOfItIsNearer(ConvexFunction k) {
        try (Scope scope = Scope.open()) {
            for (int seed = 0; seed < 5; seed++) {
                Tensor u = random(seed).times(3);
                Tensor nearest = k.project(u);
                assertThat(k.domainExcess(nearest)).isLessThan(1e-12);
                // The variational inequality (u - p).(v - p) <= 0 for v in the set; subgradients are in it.
                for (int other = 20; other < 40; other++) {
                    Tensor v = k.subgradient(random(other));
                    assertThat(Vectors.dot(u.minus(nearest), v.minus(nearest))).isLessThan(1e-9);
                }
            }
        }
    }

    /** p is nearest to u in a set exactly if (u - p).v is largest at p, and for a norm's dual ball that is K(u - p). */
    @ParameterizedTest
    @ValueSource(doubles = {1.02, 1.3, 2, 2.5, 4, 50})
    void theProjectionOntoTheBallOfADualNormIsTheNearestPoint(double p) {
        try (Scope scope = Scope.open()) {
            ConvexFunction k = new Lp(p);
            for (int seed = 0; seed < 20; seed++) {
                for (double size : new double[] {1e-3, 0.3, 1, 3, 1e6}) {
                    Tensor u = random(seed).times(size);
                    Tensor nearest = k.project(u);
                    Tensor rest = u.minus(nearest);
                    assertThat(k.domainExcess(nearest)).isLessThan(1e-14);
                    assertThat(Vectors.dot(rest, nearest)).isCloseTo(k.value(rest), within(1e-11 * Math.max(1, size)));
                    if (k.domainExcess(u) <= 0) {
                        assertThat(nearest.toDoubles()).isEqualTo(u.toDoubles());
                    }
                }
            }
            assertThat(k.project(Tensor.of(new double[] {0, -7, 0}, 3)).toDoubles())
                    .containsExactly(0, -1, 0);
            assertThat(k.project(Tensor.zeros(DType.FLOAT64, 0, 2)).count()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("catalogue")
    void outsideTheDomainTheConjugateIsInfinite(ConvexFunction k) {
        try (Scope scope = Scope.open()) {
            Tensor far = random(3).times(100);
            boolean everywhere = k instanceof HalfSquare;
            assertThat(Double.isInfinite(k.conjugate(far))).isEqualTo(!everywhere);
            assertThat(k.inDomain(far)).isEqualTo(everywhere);
        }
    }

    @ParameterizedTest
    @MethodSource("catalogue")
    void singlePrecisionAgreesWithDouble(ConvexFunction k) {
        try (Scope scope = Scope.open()) {
            Tensor z = random(4);
            Tensor single = z.to(DType.FLOAT32);
            assertThat(k.value(single)).isCloseTo(k.value(z), within(1e-5));
            Tensor u = k.subgradient(single);
            assertThat(u.dtype()).isEqualTo(DType.FLOAT32);
            assertThat(Vectors.maxAbsolute(u.to(DType.FLOAT64).minus(k.subgradient(z))))
                    .isLessThan(1e-5);
            assertThat(k.conjugate(u)).isFinite();
        }
    }

    @Test
    void normsAndSmoothMagnitudesNeitherOverflowNorUnderflow() {
        try (Scope scope = Scope.open()) {
            for (double order : new double[] {1e-200, 1e200}) {
                Tensor z = Tensor.of(new double[] {3 * order, -4 * order}, 1, 2);
                for (ConvexFunction k : List.of(new L2(), new GroupL2(), new Lp(2))) {
                    assertThat(k.value(z) / order).isCloseTo(5, within(1e-12));
                    assertThat(k.subgradient(z).toDoubles()).containsExactly(new double[] {0.6, -0.8}, within(1e-12));
                }
                ConvexFunction smooth = new SmoothAbsolute(order);
                assertThat(smooth.value(z) / order).isCloseTo(Math.sqrt(10) + Math.sqrt(17), within(1e-12));
                assertThat(smooth.subgradient(z).toDoubles())
                        .containsExactly(new double[] {3 / Math.sqrt(10), -4 / Math.sqrt(17)}, within(1e-12));
            }
            Tensor rows = Tensor.of(new double[] {3e-200, 4e-200, 0, 0, 3, 4}, 3, 2);
            assertThat(new GroupL2().subgradient(rows).toDoubles())
                    .containsExactly(new double[] {0.6, 0.8, 0, 0, 0.6, 0.8}, within(1e-12));
        }
    }

    @Test
    void noElementsAreNoElements() {
        try (Scope scope = Scope.open()) {
            Tensor none = Tensor.zeros(DType.FLOAT64, 0, 3);
            for (ConvexFunction k : List.of(
                    new L1(),
                    new L2(),
                    new Lp(3),
                    new LInfinity(),
                    new HalfSquare(),
                    new Huber(1),
                    new DeadZone(1),
                    new SmoothAbsolute(1),
                    new GroupL2(),
                    new Nuclear())) {
                assertThat(k.value(none)).isZero();
                assertThat(k.conjugate(none)).isZero();
                assertThat(k.subgradient(none).shape()).containsExactly(0, 3);
            }
            assertThatThrownBy(() -> new LogSumExp().value(none)).hasMessageContaining("at least one element");
        }
    }

    @Test
    void tiesGoToTheLowestIndex() {
        try (Scope scope = Scope.open()) {
            Tensor z = Tensor.of(new double[] {1, -2, 2, -2}, 4);
            assertThat(new LInfinity().subgradient(z).toDoubles()).containsExactly(0, -1, 0, 0);
            assertThat(new TopK(2).subgradient(z).toDoubles()).containsExactly(0, -1, 1, 0);
            assertThat(new L1().subgradient(Tensor.of(new double[] {-0.0}, 1)).item())
                    .isEqualTo(0.0);
        }
    }

    @Test
    void logSumExpDoesNotOverflow() {
        try (Scope scope = Scope.open()) {
            Tensor z = Tensor.of(new double[] {1000, 1000, -1000}, 3);
            assertThat(new LogSumExp().value(z)).isCloseTo(1000 + Math.log(2), within(1e-12));
            assertThat(new LogSumExp().subgradient(z).toDoubles()).containsExactly(0.5, 0.5, 0);
        }
    }

    @Test
    void parametersOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new Lp(1)).hasMessageContaining("p must be finite and above 1, was 1.0");
        assertThatThrownBy(() -> new Huber(0)).hasMessageContaining("e must be finite and above 0");
        assertThatThrownBy(() -> new DeadZone(-1)).hasMessageContaining("e must be finite and above 0");
        assertThatThrownBy(() -> new SmoothAbsolute(Double.NaN)).hasMessageContaining("e must be finite and above 0");
        assertThatThrownBy(() -> new TopK(0)).hasMessageContaining("k must be at least 1");
        assertThatThrownBy(() -> new TopK(4).requireFits(3)).hasMessageContaining("at most the number of elements");
        assertThatThrownBy(() -> new Nuclear().requireFits(3)).hasMessageContaining("needs a matrix");
    }

    @Test
    void theLargestAreThoseOfAStableSort() {
        try (Scope scope = Scope.open()) {
            // Few different magnitudes, zeros among them, so that nearly every choice cuts through ties.
            double[] z = new double[60];
            RandomGenerator random = Seeds.root(5).generator("ties");
            for (int i = 0; i < z.length; i++) {
                z[i] = random.nextInt(-3, 4);
            }
            for (int k = 1; k <= z.length; k++) {
                double[] expected = new double[z.length];
                IntStream.range(0, z.length)
                        .boxed()
                        .sorted(Comparator.comparingDouble(i -> -Math.abs(z[i])))
                        .limit(k)
                        .forEach(i -> expected[i] = Math.signum(z[i]));
                assertThat(new TopK(k).subgradient(Tensor.of(z, z.length)).toDoubles())
                        .as("k = %s", k)
                        .containsExactly(expected);
            }
        }
    }
}
