package dev.steelyard.optim.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steelyard.torch.DType;
import dev.steelyard.torch.Scope;
import dev.steelyard.torch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignTest {

    @ParameterizedTest
    @ValueSource(
            floats = {
                Float.MIN_VALUE,
                2 * Float.MIN_VALUE,
                1e-44f,
                1e-40f,
                0x0.fffffep-126f,
                Float.MIN_NORMAL,
                1e-38f,
                1e-31f,
                1e-30f,
                1e-8f,
                0.5f,
                1,
                3,
                1e30f,
                Float.MAX_VALUE,
                Float.POSITIVE_INFINITY
            })
    void isOneForEveryPositiveFloatAndMinusOneForItsNegative(float x) {
        assertThat(signs(x, -x)).containsExactly(1f, -1f);
    }

    @Test
    void bothZerosGivePositiveZero() {
        for (float sign : signs(0f, -0f)) {
            assertThat(Float.floatToRawIntBits(sign)).isZero();
        }
    }

    @Test
    void notANumberStaysSo() {
        for (float sign : signs(Float.NaN, Float.intBitsToFloat(0xffc00001))) {
            assertThat(sign).isNaN();
        }
    }

    @Test
    void isTheSameInACompiledLoopForAllExponents() {
        // Every exponent, both signs, some mantissas: 4096 floats, often enough for the loop to be compiled.
        float[] values = new float[4096];
        for (int i = 0; i < values.length; i++) {
            values[i] = Float.intBitsToFloat(i << 20 | i % 3);
        }
        float[] signs = new float[0];
        for (int repetition = 0; repetition < 500; repetition++) {
            signs = signs(values);
        }
        for (int i = 0; i < values.length; i++) {
            float x = values[i];
            float expected = Float.isNaN(x) ? Float.NaN : x > 0 ? 1 : x < 0 ? -1 : 0;
            assertThat(Float.compare(signs[i], expected)).as("sign of %s", x).isZero();
        }
    }

    /** The signs by the loop of a step of length -1 from zero. */
    private static float[] signs(float... values) {
        assertThat(Pass.available()).isTrue();
        try (Scope scope = Scope.open()) {
            Tensor weight = Tensor.zeros(DType.FLOAT32, values.length);
            OnePass.run(new SignUpdate(-1, 1), weight, Tensor.of(values, values.length));
            return weight.toFloats();
        }
    }
}
