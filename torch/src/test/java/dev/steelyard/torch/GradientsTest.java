package dev.steelyard.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class GradientsTest {

    /** A parameter whose gradient is {@code values}. */
    private static Tensor withGradient(float[] values, long... shape) {
        Tensor parameter = Tensor.zeros(DType.FLOAT32, shape).requiresGrad();
        parameter.times(Tensor.of(values, shape)).sum().backward();
        return parameter;
    }

    private static double norm(float[]... gradients) {
        double squares = 0;
        for (float[] gradient : gradients) {
            for (float value : gradient) {
                squares += (double) value * value;
            }
        }
        return Math.sqrt(squares);
    }

    @Test
    void gradientsAreScaledToTheirCommonNorm() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(5);
        for (int size : new int[] {1, 7, 1024, 2047, 2048, 2049, 5000, 100_000}) {
            float[] first = new float[size];
            float[] second = new float[3];
            for (float[] values : List.of(first, second)) {
                for (int i = 0; i < values.length; i++) {
                    values[i] = (float) random.nextGaussian(0.5, 2);
                }
            }
            try (Scope scope = Scope.open()) {
                Tensor a = withGradient(first, size);
                Tensor b = withGradient(second, 3, 1);
                Tensor without = Tensor.zeros(DType.FLOAT32, 2).requiresGrad();
                double exact = norm(first, second);
                List<Tensor> all = List.of(a, without, b);
                assertThat(Gradients.clip(all, 2 * exact)).isCloseTo(exact, within(1e-6 * exact));
                assertThat(a.grad().toFloats()).isEqualTo(first);
                assertThat(Gradients.clip(all, 0.25)).isCloseTo(exact, within(1e-6 * exact));
                assertThat(norm(a.grad().toFloats(), b.grad().toFloats())).isCloseTo(0.25, within(1e-6));
                assertThat(b.grad().toFloats()[1]).isCloseTo((float) (second[1] * 0.25 / exact), within(1e-6f));
            }
        }
    }

    /** One sum in float32 gives 1215. */
    @Test
    void theNormOfManyElementsIsTheirs() {
        try (Scope scope = Scope.open()) {
            Tensor many = Tensor.ones(DType.FLOAT32, 4_000, 4_000).times(0.3);
            assertThat(many.norm().item()).isCloseTo(0.3f * 4_000, within(0.002));
            assertThat(many.t().norm().item()).isCloseTo(0.3f * 4_000, within(0.002));
        }
    }

    @Test
    void gradientsThatAreNoNumbersAreLeftAlone() {
        for (float value : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
            float[] values = new float[3_000];
            Arrays.fill(values, 4);
            values[2_999] = value;
            try (Scope scope = Scope.open()) {
                Tensor parameter = withGradient(values, 3_000);
                assertThat(Gradients.clip(List.of(parameter), 1)).isNotFinite();
                assertThat(parameter.grad().toFloats()).isEqualTo(values);
            }
        }
    }
}
