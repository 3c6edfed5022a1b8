package dev.steelyard.online.convex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.steelyard.core.state.RestorableRandom;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class FaceProjectionTest {

    /** A symmetric matrix of random eigenvectors whose eigenvalues go from 1 to a condition number. */
    private static double[][] matrix(int d, double condition, RandomGenerator random) {
        double[][] basis = new double[d][d];
        double[][] matrix = new double[d][d];
        for (int i = 0; i < d; i++) {
            Arrays.setAll(basis[i], j -> random.nextGaussian());
            for (int pass = 0; pass < 2; pass++) {
                for (int k = 0; k < i; k++) {
                    Vectors.add(basis[i], -Vectors.dot(basis[i], basis[k]), basis[k]);
                }
            }
            double eigenvalue = Math.pow(condition, d == 1 ? 0 : i / (d - 1.0));
            double length = Vectors.norm(basis[i]);
            for (int j = 0; j < d; j++) {
                basis[i][j] /= length;
            }
            for (int j = 0; j < d; j++) {
                Vectors.add(matrix[j], eigenvalue * basis[i][j], basis[i]);
            }
        }
        return matrix;
    }

    private static Domain domain(int kind, int d, double size, RandomGenerator random) {
        return switch (kind) {
            case 0 -> Box.cube(d, size);
            case 1 -> new Simplex(d, size);
            case 2 -> new L1Ball(d, size);
            default -> {
                int first = 1 + random.nextInt(d);
                int second = 1 + random.nextInt(d);
                yield new ProductDomain(List.of(
                        new L1Ball(first, size), new ProductDomain(List.of(Box.cube(second, 1), new Simplex(d, .5)))));
            }
        };
    }

    /**
     * No vertex of the domain lies downhill of x, for matrices well and badly conditioned, with or without the inverse at
     * hand, for points just outside and far away, from a face that is near or any.
     */
    @Property(tries = 1500, seed = "3")
    void noPointLiesDownhill(
            @ForAll @IntRange(min = 0, max = 3) int kind,
            @ForAll @IntRange(min = 1, max = 14) int size,
            @ForAll @DoubleRange(min = 0, max = 8) double condition,
            @ForAll @DoubleRange(min = -1, max = 2) double distance,
            @ForAll boolean inverted,
            @ForAll boolean anywhere,
            @ForAll long seed) {
        RestorableRandom random = new RestorableRandom(seed);
        Domain domain = domain(kind, size, Math.pow(10, -2 + 3 * random.nextDouble()), random);
        int d = domain.dimension();
        double[][] h = matrix(d, Math.pow(10, kind == 3 ? condition / 2 : condition), random);
        double[] y = new double[d];
        Arrays.setAll(y, i -> domain.diameter() * Math.pow(10, distance) * random.nextGaussian());
        double[] near = domain.minimise(y);
        QuadraticNorm norm = inverted ? new QuadraticNorm(h, inverse(h)) : new QuadraticNorm(h);
        double[] x = norm.project(domain, y, anywhere ? near : null);
        assertThat(domain.contains(x, 1e-12)).isTrue();
        double[] slope = Vectors.times(h, Vectors.plus(x, -1, y));
        double downhill = Vectors.dot(slope, x) - Vectors.dot(slope, domain.minimise(slope));
        // The nearest double may be an ulp of x away, which a condition of 1e8 makes 1e-8 of the slope.
        double allowed = 1e-9 + 1e-15 * Math.pow(10, condition);
        assertThat(downhill).isLessThanOrEqualTo(allowed * Vectors.norm(slope) * domain.diameter());
    }

    private static double[][] inverse(double[][] h) {
        double[][] columns = new double[h.length][h.length];
        for (int i = 0; i < h.length; i++) {
            columns[i][i] = 1;
            double[][] copy = new double[h.length][];
            Arrays.setAll(copy, j -> h[j].clone());
            new Cholesky(copy).solve(columns[i]);
        }
        return columns;
    }

    /** Beside the least of all faces' nearest points that lie in the domain, in dimension 3. */
    @Test
    void itIsTheBestOfAllFaces() {
        RestorableRandom random = new RestorableRandom(1);
        for (int n = 0; n < 500; n++) {
            double[][] h = matrix(3, 1000, random);
            double[] y = DomainTest.draw(random, 2);
            double best = Double.POSITIVE_INFINITY;
            double[] nearest = null;
            // The box [-1, 1]^3: each coordinate free, below or above.
            for (int code = 0; code < 27; code++) {
                int[] side = {code % 3 - 1, code / 3 % 3 - 1, code / 9 - 1};
                double[] x = onBoxFace(h, y, side);
                double value = Vectors.dot(Vectors.plus(x, -1, y), Vectors.times(h, Vectors.plus(x, -1, y)));
                if (Box.cube(3, 1).contains(x, 1e-12) && value < best) {
                    best = value;
                    nearest = x;
                }
            }
            double[] x = new QuadraticNorm(h).project(Box.cube(3, 1), y);
            assertThat(x).containsExactly(nearest, within(1e-10));
        }
    }

    /** By coordinate descent on the free coordinates, which is slow and sure. */
    private static double[] onBoxFace(double[][] h, double[] y, int[] side) {
        double[] x = new double[3];
        for (int i = 0; i < 3; i++) {
            x[i] = side[i] == 0 ? y[i] : side[i];
        }
        double moved = 1;
        for (int n = 0; n < 100_000 && moved > 1e-14; n++) {
            moved = 0;
            for (int i = 0; i < 3; i++) {
                if (side[i] == 0) {
                    double step = Vectors.dot(h[i], Vectors.plus(x, -1, y)) / h[i][i];
                    x[i] -= step;
                    moved = Math.max(moved, Math.abs(step));
                }
            }
        }
        return x;
    }

    /** Of 1000 well conditioned norms the faces find every point, without the steps behind them. */
    @Test
    void stepsAreNotNeeded() {
        RestorableRandom random = new RestorableRandom(2);
        for (int n = 0; n < 1000; n++) {
            Domain domain = domain(n % 4, 5 + n % 8, 1, random);
            double[] y = new double[domain.dimension()];
            Arrays.setAll(y, i -> 2 * random.nextGaussian());
            QuadraticNorm norm = new QuadraticNorm(matrix(y.length, 100, random));
            if (!domain.contains(y, 0)) {
                double[] x = FaceProjection.project(norm, domain, y, domain.project(y));
                assertThat(x).as("%s, case %s", domain, n).isNotNull();
            }
        }
    }

    /** Coordinates of equal pull, and a target from which several faces are as near. */
    @Test
    void tiesEnd() {
        double[][] identity = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
        QuadraticNorm norm = new QuadraticNorm(identity);
        for (Domain domain : DomainTest.DOMAINS) {
            for (double[] y : List.of(
                    new double[3],
                    new double[] {1, 1, 1},
                    new double[] {-1, -1, -1},
                    new double[] {2, 0, 0},
                    new double[] {.8, 0, 0})) {
                assertThat(norm.project(domain, y)).as("%s", domain).containsExactly(domain.project(y), within(1e-12));
            }
        }
        assertThatThrownBy(() -> new QuadraticNorm(new double[][] {{1, 0}, {0, -1}})
                        .project(Box.cube(2, 1), new double[] {3, 3}))
                .isInstanceOf(ArithmeticException.class)
                .hasMessageContaining("positive definite");
    }

    /** Large gradients on a small scale shrink the inverse by 1e13; what it held of rounding must shrink as well. */
    @Test
    void theInverseFollowsOverManyRounds() {
        RestorableRandom random = new RestorableRandom(3);
        SecondMoments moments = new SecondMoments(4, 1e-3);
        for (int t = 0; t < 30_000; t++) {
            double[] gradient = new double[4];
            Arrays.setAll(gradient, i -> 500 * random.nextGaussian());
            moments.add(1, gradient);
        }
        double[][] matrix = moments.matrix();
        double[][] inverse = moments.inverse();
        for (int i = 0; i < 4; i++) {
            double[] row = Vectors.times(matrix, inverse[i]);
            for (int j = 0; j < 4; j++) {
                assertThat(row[j]).isCloseTo(i == j ? 1 : 0, within(1e-9));
                assertThat(inverse[i][j]).isEqualTo(inverse[j][i]);
            }
        }
    }
}
