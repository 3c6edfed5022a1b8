package dev.steelyard.language.model;

/**
 * How the rotary frequencies are lowered for texts longer than those of the first training: {@code rope_scaling}.
 */
public sealed interface RopeScaling {

    /**
     * The frequency that is used in place of one.
     *
     * @param frequency {@code theta^(-2i/d)}, radians a position
     */
    double scaled(double frequency);

    /** As first trained. */
    record None() implements RopeScaling {
        @Override
        public double scaled(double frequency) {
            return frequency;
        }
    }

    /**
     * All by one factor (Chen et al. 2023, position interpolation).
     *
     * @param factor at least 1
     */
    record Linear(double factor) implements RopeScaling {

        public Linear {
            requireFactor(factor);
        }

        @Override
        public double scaled(double frequency) {
            return frequency / factor;
        }
    }

    /**
     * Llama 3.1's: waves that are long beside the first training's texts by a factor, short ones not, and those between
     * by a mixture.
     *
     * @param factor at least 1
     * @param lowFrequencyFactor waves longer than {@code originalMaxPositions / lowFrequencyFactor} are scaled
     * @param highFrequencyFactor waves shorter than {@code originalMaxPositions / highFrequencyFactor} are not; above the
     *     low one
     * @param originalMaxPositions of the first training, at least 1
     */
    record Llama3(double factor, double lowFrequencyFactor, double highFrequencyFactor, int originalMaxPositions)
            implements RopeScaling {

        public Llama3 {
            requireFactor(factor);
            if (!(lowFrequencyFactor > 0 && highFrequencyFactor > lowFrequencyFactor)
                    || Double.isInfinite(highFrequencyFactor)) {
                throw new IllegalArgumentException("low_freq_factor must be above 0 and below high_freq_factor, were "
                        + lowFrequencyFactor + " and " + highFrequencyFactor);
            }
            if (originalMaxPositions < 1) {
                throw new IllegalArgumentException(
                        "original_max_position_embeddings must be at least 1, was " + originalMaxPositions);
            }
        }

        @Override
        public double scaled(double frequency) {
            double waves = originalMaxPositions * frequency / (2 * Math.PI);
            double kept = (waves - lowFrequencyFactor) / (highFrequencyFactor - lowFrequencyFactor);
            double share = Math.clamp(kept, 0.0, 1.0);
            return share * frequency + (1 - share) * frequency / factor;
        }
    }

    private static void requireFactor(double factor) {
        if (!(factor >= 1) || Double.isInfinite(factor)) {
            throw new IllegalArgumentException("rope_scaling's factor must be finite and at least 1, was " + factor);
        }
    }
}
