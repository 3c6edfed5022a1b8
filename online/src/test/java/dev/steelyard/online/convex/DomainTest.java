package dev.steelyard.online.convex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.steelyard.core.state.RestorableRandom;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class DomainTest {

    static final List<Domain> DOMAINS = List.of(
            Ball.aroundZero(3, .7),
            new Ball(new double[] {1, -2, .5}, 1.5),
            new Box(new double[] {-1, 0, .2}, new double[] {1, 2, .4}),
            Simplex.probabilities(3),
            new Simplex(3, 2),
            new L1Ball(3, .8),
            new ProductDomain(List.of(Simplex.probabilities(2), Box.cube(1, .5))));

    static double[] draw(RandomGenerator random, double scale) {
        return new double[] {scale * random.nextGaussian(), scale * random.nextGaussian(), scale * random.nextGaussian()
        };
    }

    /** x is the projection of y just if {@code <x - y, z - x>} is never negative in the domain. */
    @Test
    void projectionsAreTheNearestPoints() {
        RestorableRandom random = new RestorableRandom(1);
        for (Domain domain : DOMAINS) {
            for (int n = 0; n < 200; n++) {
                double[] y = draw(random, 2);
                double[] x = domain.project(y);
                assertThat(domain.contains(x, 1e-12)).as("%s", domain).isTrue();
                assertThat(domain.project(x)).containsExactly(x, within(1e-12));
                double[] z = domain.project(draw(random, 2));
                assertThat(Vectors.dot(Vectors.plus(x, -1, y), Vectors.plus(z, -1, x)))
                        .as("%s", domain)
                        .isGreaterThanOrEqualTo(-1e-12);
            }
        }
    }

    @Test
    void theLeastPointAndTheDiameterBoundAllOthers() {
        RestorableRandom random = new RestorableRandom(2);
        for (Domain domain : DOMAINS) {
            assertThat(domain.contains(domain.centre(), 1e-12)).isTrue();
            for (int n = 0; n < 100; n++) {
                double[] direction = draw(random, 1);
                double[] least = domain.minimise(direction);
                double[] z = domain.project(draw(random, 3));
                assertThat(domain.contains(least, 1e-12)).isTrue();
                assertThat(Vectors.dot(direction, least)).isLessThanOrEqualTo(Vectors.dot(direction, z) + 1e-12);
                assertThat(Math.sqrt(Vectors.squaredDistance(least, z))).isLessThanOrEqualTo(domain.diameter() + 1e-12);
            }
        }
    }

    /** |x - y|^2/2 + t |x|_1 is least at x: no point of the domain does better. */
    @Test
    void theCompositeTermIsMinimisedWithTheProjection() {
        RestorableRandom random = new RestorableRandom(3);
        double threshold = .3;
        for (Domain domain : DOMAINS) {
            if (domain instanceof Ball ball && ball.centre()[0] != 0) {
                assertThatThrownBy(() -> ball.projectWithL1(new double[3], threshold))
                        .isInstanceOf(UnsupportedOperationException.class)
                        .hasMessageContaining("no closed form");
                continue;
            }
            for (int n = 0; n < 100; n++) {
                double[] y = draw(random, 1.5);
                double[] x = domain.projectWithL1(y, threshold);
                assertThat(domain.contains(x, 1e-12)).isTrue();
                for (int m = 0; m < 20; m++) {
                    double share = m % 2 == 0 ? 1 : .01;
                    double[] z = Vectors.plus(x, share, Vectors.plus(domain.project(draw(random, 1.5)), -1, x));
                    assertThat(composite(z, y, threshold)).isGreaterThanOrEqualTo(composite(x, y, threshold) - 1e-12);
                }
            }
        }
        assertThat(Domain.softThreshold(new double[] {.5, -.2, -1}, .3)).containsExactly(.2, -0.0, -.7);
    }

    private static double composite(double[] x, double[] y, double threshold) {
        double l1 = 0;
        for (double entry : x) {
            l1 += Math.abs(entry);
        }
        return Vectors.squaredDistance(x, y) / 2 + threshold * l1;
    }

    /** x is the projection of y in H's norm just if {@code <H (x - y), z - x>} is never negative. */
    @Test
    void projectionsInANormAreTheNearestPoints() {
        RestorableRandom random = new RestorableRandom(4);
        for (Domain domain : DOMAINS) {
            for (int n = 0; n < 20; n++) {
                double[][] h = new double[3][3];
                for (int k = 0; k < 3; k++) {
                    h[k][k] += .5;
                    double[] g = draw(random, 1);
                    for (int i = 0; i < 3; i++) {
                        Vectors.add(h[i], g[i], g);
                    }
                }
                double[] y = draw(random, 2);
                double[] x = new QuadraticNorm(h).project(domain, y);
                assertThat(domain.contains(x, 1e-12)).isTrue();
                double[] slope = Vectors.times(h, Vectors.plus(x, -1, y));
                for (int m = 0; m < 20; m++) {
                    double[] z = domain.project(draw(random, 2));
                    assertThat(Vectors.dot(slope, Vectors.plus(z, -1, x)))
                            .as("%s", domain)
                            .isGreaterThanOrEqualTo(-1e-9);
                }
            }
            double[] y = draw(random, 2);
            double[][] identity = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
            assertThat(new QuadraticNorm(identity).project(domain, y)).containsExactly(domain.project(y), within(1e-9));
        }
    }

    @Test
    void badDomainsAreNamed() {
        assertThatThrownBy(() -> Ball.aroundZero(2, 0)).hasMessageContaining("radius");
        assertThatThrownBy(() -> new Ball(new double[] {Double.NaN}, 1)).hasMessageContaining("centre");
        assertThatThrownBy(() -> new Box(new double[] {0, 1}, new double[] {1, 1}))
                .hasMessageContaining("side 1");
        assertThatThrownBy(() -> new Simplex(0, 1)).hasMessageContaining("dimension");
        assertThatThrownBy(() -> new L1Ball(2, -1)).hasMessageContaining("radius");
        assertThatThrownBy(() -> new ProductDomain(List.of())).hasMessageContaining("at least one part");
    }

    /** The step in the entropy is xh exp(-eta g), scaled to the total. */
    @Test
    void theEntropysStepMultiplies() {
        double[] step = MirrorMap.entropy(new Simplex(2, 2)).step(new double[] {.5, 1.5}, new double[] {1, -1}, .4);
        double first = .5 * Math.exp(-.4);
        double second = 1.5 * Math.exp(.4);
        assertThat(step)
                .containsExactly(
                        new double[] {2 * first / (first + second), 2 * second / (first + second)}, within(1e-12));
    }
}
