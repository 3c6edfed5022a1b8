package dev.steelyard.optim.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steelyard.torch.DType;
import dev.steelyard.torch.Scope;
import dev.steelyard.torch.Tensor;
import org.junit.jupiter.api.Test;

class BFloat16Test {

    @Test
    void roundsToTheNearestAndTiesToEven() {
        // 1 + 2^-8 lies between 1 and 1 + 2^-7; 1 + 3/2^8 between 1 + 2^-7 and 1 + 2^-6.
        assertThat(BFloat16.toFloat(BFloat16.of(1 + 0x1p-8f))).isEqualTo(1f);
        assertThat(BFloat16.toFloat(BFloat16.of(1 + 0x1.8p-7f))).isEqualTo(1 + 0x1p-6f);
        assertThat(BFloat16.toFloat(BFloat16.of(1 + 0x1.0002p-8f))).isEqualTo(1 + 0x1p-7f);
        assertThat(BFloat16.toFloat(BFloat16.of(-1 - 0x1p-8f))).isEqualTo(-1f);
        assertThat(BFloat16.toFloat(BFloat16.of(Float.MAX_VALUE))).isEqualTo(Float.POSITIVE_INFINITY);
        assertThat(BFloat16.toFloat(BFloat16.of(Float.NEGATIVE_INFINITY))).isEqualTo(Float.NEGATIVE_INFINITY);
        assertThat(BFloat16.toFloat(BFloat16.of(Float.intBitsToFloat(0x7fffffff))))
                .isNaN();
        assertThat(BFloat16.of(-0f)).isEqualTo((short) 0x8000);
    }

    @Test
    void isLibtorchsRoundingForAllExponents() {
        float[] values = new float[1 << 16];
        for (int i = 0; i < values.length; i++) {
            // Every upper half, with lower halves that are ties, next to ties, and others.
            int low = new int[] {0x8000, 0x7fff, 0x8001, 0x1234, 0xffff, 0}[i % 6];
            values[i] = Float.intBitsToFloat(i << 16 | low);
        }
        try (Scope scope = Scope.open()) {
            float[] expected =
                    Tensor.of(values, values.length).to(DType.BFLOAT16).toFloats();
            for (int i = 0; i < values.length; i++) {
                assertThat(Float.compare(BFloat16.toFloat(BFloat16.of(values[i])), expected[i]))
                        .as("%s", values[i])
                        .isZero();
            }
        }
    }
}
