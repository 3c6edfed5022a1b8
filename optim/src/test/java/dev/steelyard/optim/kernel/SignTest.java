package dev.steelyard.optim.kernel;

import static org.assertj.core.api.Assertions.assertThat;

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
        assertThat(Sign.of(x)).isEqualTo(1f);
        assertThat(Sign.of(-x)).isEqualTo(-1f);
    }

    @Test
    void bothZerosGivePositiveZero() {
        assertThat(Float.floatToRawIntBits(Sign.of(0f))).isZero();
        assertThat(Float.floatToRawIntBits(Sign.of(-0f))).isZero();
    }

    @Test
    void notANumberStaysSo() {
        assertThat(Sign.of(Float.NaN)).isNaN();
        assertThat(Sign.of(Float.intBitsToFloat(0xffc00001))).isNaN();
    }

    @Test
    void isTheSameInACompiledLoopForAllExponents() {
        // Every exponent, both signs, some mantissas: 4096 floats, often enough for the loop to be compiled.
        float[] values = new float[4096];
        float[] signs = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = Float.intBitsToFloat(i << 20 | i % 3);
        }
        for (int repetition = 0; repetition < 2000; repetition++) {
            signs(values, signs);
        }
        for (int i = 0; i < values.length; i++) {
            float x = values[i];
            float expected = Float.isNaN(x) ? Float.NaN : x > 0 ? 1 : x < 0 ? -1 : 0;
            assertThat(Float.compare(signs[i], expected)).as("sign of %s", x).isZero();
        }
    }

    private static void signs(float[] values, float[] signs) {
        for (int i = 0; i < values.length; i++) {
            signs[i] = Sign.of(values[i]);
        }
    }
}
