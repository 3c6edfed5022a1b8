package dev.steelyard.optim.adamp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.steelyard.torch.Scope;
import dev.steelyard.torch.Tensor;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ProjectionTest {

    private static final Projection ALWAYS = new Projection(100, 1e-8);

    static Tensor random(long seed, long... shape) {
        Random random = new Random(seed);
        int count = 1;
        for (long length : shape) {
            count *= (int) length;
        }
        return Tensor.of(random.doubles(count, -1, 1).toArray(), shape);
    }

    @Test
    void whatIsProjectedStandsAtRightAnglesToEveryRow() {
        try (Scope scope = Scope.open()) {
            Tensor w = random(1, 5, 2, 3, 3);
            Tensor p = random(3, 5, 2, 3, 3);
            // eps leaves a share of about eps / |w| along the weight, so it is made negligible here
            assertThat(new Projection(100, 1e-15).project(w, random(2, 5, 2, 3, 3), p))
                    .isEqualTo(View.CHANNEL);
            double[] along = p.times(w).reshape(5, 18).sum(1, false).toDoubles();
            double bound = 1e-12 * p.norm().item() * w.norm().item();
            assertThat(along).containsExactly(new double[5], within(bound));
        }
    }

    @Test
    void theTestIsStrict() {
        try (Scope scope = Scope.open()) {
            Tensor w = Tensor.of(new double[] {3, 4}, 1, 2);
            Tensor orthogonal = Tensor.of(new double[] {4, -3}, 1, 2);
            Tensor p = random(3, 1, 2);
            double[] before = p.toDoubles();
            assertThat(new Projection(0, 1e-8).project(w, orthogonal, p)).isEqualTo(View.NONE);
            assertThat(p.toDoubles()).isEqualTo(before);
        }
    }

    @Test
    void rowsOfZerosPassAndStayAsTheyAre() {
        try (Scope scope = Scope.open()) {
            Tensor w = Tensor.of(new double[] {0, 0, 1, 0}, 2, 2);
            Tensor g = Tensor.of(new double[] {1, 2, 0, 5}, 2, 2);
            Tensor p = Tensor.of(new double[] {7, 8, 9, 10}, 2, 2);
            assertThat(new Projection(0.1, 1e-8).project(w, g, p)).isEqualTo(View.CHANNEL);
            assertThat(p.toDoubles()).containsExactly(new double[] {7, 8, 0, 10}, within(1e-6));
        }
    }

    @Test
    void aGradientOfZerosPasses() {
        try (Scope scope = Scope.open()) {
            Tensor w = random(1, 3, 4);
            assertThat(new Projection(0.1, 1e-8).project(w, w.times(0), random(3, 3, 4)))
                    .isEqualTo(View.CHANNEL);
        }
    }

    @Test
    void theTestDoesNotDependOnTheGradientsScale() {
        try (Scope scope = Scope.open()) {
            Projection projection = new Projection(1, 1e-8);
            for (int seed = 0; seed < 30; seed++) {
                Tensor w = random(seed, 2, 8);
                Tensor g = random(seed + 100, 2, 8);
                View view = projection.project(w, g, random(3, 2, 8));
                assertThat(projection.project(w, g.times(1000), random(3, 2, 8)))
                        .isEqualTo(view);
            }
        }
    }

    @Test
    void theDirectionMovesAlikeToFirstOrder() {
        try (Scope scope = Scope.open()) {
            Tensor w = random(1, 1, 10);
            Tensor p = random(3, 1, 10);
            Tensor projected = p.copy();
            ALWAYS.project(w, random(2, 1, 10), projected);
            double coarse = directionGap(w, p, projected, 1e-2);
            double fine = directionGap(w, p, projected, 1e-3);
            assertThat(coarse / fine).isBetween(80.0, 125.0);
        }
    }

    private static double directionGap(Tensor w, Tensor p, Tensor projected, double learningRate) {
        Tensor one = w.minus(p.times(learningRate));
        Tensor other = w.minus(projected.times(learningRate));
        return one.over(one.norm()).minus(other.over(other.norm())).norm().item();
    }
}
