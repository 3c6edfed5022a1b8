package dev.steelyard.optim.adamp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.steelyard.torch.DType;
import dev.steelyard.torch.Scope;
import dev.steelyard.torch.Tensor;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** AdamP and SGDP against the paper's pseudo-code in plain loops, for random options and tensors of every kind. */
class FormulaTest {

    private static final long[][] SHAPES = {
        {}, {1}, {5}, {0}, {0, 3}, {3, 0}, {1, 1}, {1, 6}, {6, 1}, {3, 4}, {2, 3, 2, 2}, {3, 1, 4}, {2, 2, 1, 2, 2}
    };
    private static final int CASES = 400;
    private static final int STEPS = 4;

    @ParameterizedTest
    @EnumSource(
            value = DType.class,
            names = {"FLOAT32", "FLOAT64"})
    void bothMethodsFollowThePaper(DType type) {
        Set<View> seen = EnumSet.noneOf(View.class);
        for (int number = 0; number < CASES; number++) {
            Random random = new Random(number);
            try (Scope scope = Scope.open()) {
                seen.add(follow(random, SHAPES[number % SHAPES.length], type));
            }
        }
        assertThat(seen).containsExactlyInAnyOrder(View.values());
    }

    private static double any(Random random, double... values) {
        return values[random.nextInt(values.length)];
    }

    private static View follow(Random random, long[] shape, DType type) {
        double delta = any(random, 0, 0.1, 1, 100);
        double ratio = any(random, 0, 0.1, 1);
        double decay = any(random, 0, 0.3);
        boolean nesterov = random.nextBoolean();
        boolean adam = random.nextBoolean();
        double momentum = any(random, 0, 0.5, 0.9);
        double dampening = any(random, 0, 0.5);
        boolean projectBuffer = random.nextBoolean();
        Tensor weight = ProjectionTest.random(random.nextLong(), shape).to(type);
        Loops loops = new Loops(weight);
        ProjectingOptimizer<?> optimizer = adam
                ? new AdamP(Map.of("w", weight), new AdamPOptions(0.05, 0.8, 0.95, 1e-8, decay, delta, ratio, nesterov))
                : new SgdP(
                        Map.of("w", weight),
                        new SgdPOptions(0.05, momentum, dampening, decay, nesterov, 1e-8, delta, ratio, projectBuffer));
        try (optimizer) {
            for (int step = 1; step <= STEPS; step++) {
                double[] g = gradient(random, loops, step);
                weight.grad(Tensor.of(g, shape).to(type));
                optimizer.step();
                if (adam) {
                    loops.adamP(step, g, 0.05, decay, delta, ratio, nesterov);
                } else {
                    loops.sgdP(g, 0.05, momentum, dampening, decay, delta, ratio, nesterov, projectBuffer);
                }
                assertThat(optimizer.projections().getFirst().view()).isEqualTo(loops.view);
            }
        }
        assertThat(weight.toDoubles())
                .as("shape %s, delta %s, adam %s", Arrays.toString(shape), delta, adam)
                .containsExactly(loops.weight, within(type == DType.FLOAT64 ? 1e-13 : 3e-6));
        return loops.view;
    }

    /** Zeros, at right angles to each row or to the whole, or to nothing. */
    private static double[] gradient(Random random, Loops loops, int step) {
        double[] g = random.doubles(loops.weight.length, -1, 1).toArray();
        int kind = random.nextInt(4);
        if (kind == 0 && step > 1) {
            return new double[g.length];
        }
        if (kind == 1 || kind == 2) {
            int length = kind == 1 ? loops.rowLength : Math.max(1, g.length);
            for (int from = 0; from < g.length; from += length) {
                double along =
                        loops.dot(g, loops.weight, from, length) / loops.dot(loops.weight, loops.weight, from, length);
                for (int i = from; i < from + length; i++) {
                    g[i] -= along * loops.weight[i];
                }
            }
        }
        return g;
    }

    /** One tensor. */
    private static final class Loops {
        private final double[] weight;
        private final int rowLength;
        private final boolean isProjected;
        private final double[] first;
        private final double[] second;
        private View view = View.NONE;

        private Loops(Tensor start) {
            weight = start.toDoubles();
            isProjected = start.dimensions() > 1 && weight.length > 0;
            rowLength = isProjected ? weight.length / (int) start.size(0) : Math.max(1, weight.length);
            first = new double[weight.length];
            second = new double[weight.length];
        }

        private double dot(double[] a, double[] b, int from, int length) {
            double sum = 0;
            for (int i = from; i < from + length; i++) {
                sum += a[i] * b[i];
            }
            return sum;
        }

        private void adamP(int k, double[] g, double rate, double decay, double delta, double ratio, boolean nesterov) {
            double[] p = new double[g.length];
            for (int i = 0; i < g.length; i++) {
                first[i] = 0.8 * first[i] + (1 - 0.8) * g[i];
                second[i] = 0.95 * second[i] + (1 - 0.95) * g[i] * g[i];
                double denominator = Math.sqrt(second[i]) / Math.sqrt(1 - Math.pow(0.95, k)) + 1e-8;
                p[i] = (nesterov ? 0.8 * first[i] + (1 - 0.8) * g[i] : first[i]) / denominator;
            }
            double q = project(g, p, delta) ? ratio : 1;
            for (int i = 0; i < g.length; i++) {
                weight[i] *= 1 - rate * decay * q;
                weight[i] -= rate / (1 - Math.pow(0.8, k)) * p[i];
            }
        }

        private void sgdP(
                double[] g,
                double rate,
                double momentum,
                double dampening,
                double decay,
                double delta,
                double ratio,
                boolean nesterov,
                boolean projectBuffer) {
            double[] p = new double[g.length];
            for (int i = 0; i < g.length; i++) {
                first[i] = momentum * first[i] + (1 - dampening) * g[i];
                p[i] = nesterov ? g[i] + momentum * first[i] : first[i];
            }
            double q = project(g, p, delta) ? ratio : 1;
            for (int i = 0; i < g.length; i++) {
                weight[i] *= 1 - rate * decay * q / (1 - momentum);
                weight[i] -= rate * p[i];
                if (projectBuffer && !nesterov) {
                    first[i] = p[i];
                }
            }
        }

        private boolean project(double[] g, double[] p, double delta) {
            view = View.NONE;
            if (!isProjected) {
                return false;
            }
            for (View candidate : new View[] {View.CHANNEL, View.LAYER}) {
                int length = candidate == View.CHANNEL ? rowLength : weight.length;
                double largest = 0;
                for (int from = 0; from < weight.length; from += length) {
                    double lengths = Math.sqrt(dot(g, g, from, length)) * Math.sqrt(dot(weight, weight, from, length));
                    largest = Math.max(largest, Math.abs(dot(g, weight, from, length)) / Math.max(lengths, 1e-8));
                }
                if (largest < delta / Math.sqrt(length)) {
                    for (int from = 0; from < weight.length; from += length) {
                        takeOff(p, from, length);
                    }
                    view = candidate;
                    return true;
                }
            }
            return false;
        }

        private void takeOff(double[] p, int from, int length) {
            double norm = Math.sqrt(dot(weight, weight, from, length)) + 1e-8;
            double along = dot(weight, p, from, length) / norm;
            for (int i = from; i < from + length; i++) {
                p[i] -= weight[i] / norm * along;
            }
        }
    }

    @Test
    void theEpsilonOfAWeightOfZerosLeavesTheUpdate() {
        try (Scope scope = Scope.open()) {
            Tensor weight = Tensor.zeros(DType.FLOAT32, 2, 3);
            try (SgdP sgdP = new SgdP(Map.of("w", weight), SgdPOptions.of(0.5))) {
                weight.grad(Tensor.ones(DType.FLOAT32, 2, 3));
                sgdP.step();
                assertThat(sgdP.projections().getFirst().view()).isEqualTo(View.CHANNEL);
            }
            assertThat(weight.toFloats()).containsOnly(-0.5f);
        }
    }
}
