package dev.steelyard.language.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.steelyard.torch.Scope;
import dev.steelyard.torch.Tensor;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class RopeScalingTest {

    private static final Offset<Double> DIGITS = within(1e-12);

    /** Llama 3.2's: waves of more than 8192 positions by 32, of fewer than 2048 not. */
    private static final RopeScaling LLAMA = new RopeScaling.Llama3(32, 1, 4, 8192);

    private static double frequency(double wavelength) {
        return 2 * Math.PI / wavelength;
    }

    @Test
    void longWavesAreScaledShortOnesNotAndThoseBetweenInPart() {
        assertThat(LLAMA.scaled(frequency(100))).isCloseTo(frequency(100), DIGITS);
        assertThat(LLAMA.scaled(frequency(2000))).isCloseTo(frequency(2000), DIGITS);
        assertThat(LLAMA.scaled(frequency(10_000))).isCloseTo(frequency(10_000) / 32, DIGITS);
        // By hand: 8192 / 4096 = 2 waves, a third of the way from 1 to 4: 1/3 + 2/3/32 of the frequency.
        assertThat(LLAMA.scaled(frequency(4096))).isCloseTo(frequency(4096) * (1 / 3.0 + 2 / 96.0), DIGITS);
        assertThat(new RopeScaling.Linear(4).scaled(0.5)).isEqualTo(0.125);
        assertThat(new RopeScaling.None().scaled(0.5)).isEqualTo(0.5);
    }

    /** Positions four times as far apart under a linear factor of four are those without scaling. */
    @Test
    void aLinearFactorStretchesThePositions() {
        Tensor x = Tensor.of(new float[] {1, 2, 3, 4}, 1, 1, 1, 4);
        try (Scope scope = Scope.open();
                RotaryEmbedding plain = new RotaryEmbedding(4, 10_000, new RopeScaling.None(), 64);
                RotaryEmbedding stretched = new RotaryEmbedding(4, 10_000, new RopeScaling.Linear(4), 64)) {
            double[] third = plain.rotate(x, plain.angles(3, 1)).toDoubles();
            assertThat(stretched.rotate(x, stretched.angles(12, 1)).toDoubles()).containsExactly(third, within(1e-6));
            assertThat(stretched.rotate(x, stretched.angles(3, 1)).toDoubles()).isNotEqualTo(third);
        }
    }

    @Test
    void badFactorsAreNamed() {
        assertThatThrownBy(() -> new RopeScaling.Linear(0.5)).hasMessageContaining("factor");
        assertThatThrownBy(() -> new RopeScaling.Llama3(8, 4, 4, 10)).hasMessageContaining("low_freq_factor");
        assertThatThrownBy(() -> new RopeScaling.Llama3(8, 1, 4, 0)).hasMessageContaining("original_max");
    }
}
