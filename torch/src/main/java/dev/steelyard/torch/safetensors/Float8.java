package dev.steelyard.torch.safetensors;

import java.util.Optional;

/**
 * The floating types of 8 bits, as tables of their 256 values in float32, which holds all of them exactly.
 *
 * <p>{@code F8_E4M3} (bias 7; NaN is 0x7F and 0xFF, no infinities, largest 448), {@code F8_E5M2} (bias 15; infinities
 * and NaN as in IEEE 754) and {@code F8_E8M0} (powers of two, {@code 2^(b - 127)}; 0xFF is NaN) are those of the Open
 * Compute Project; {@code F8_E4M3FNUZ} (bias 8) and {@code F8_E5M2FNUZ} (bias 16) have neither infinities nor a negative
 * zero, whose code 0x80 is their only NaN.
 */
final class Float8 {

    private static final int CODES = 256;

    private Float8() {}

    /** The value of each code; empty for types that are none of these. */
    static Optional<float[]> values(SafetensorsType type) {
        return switch (type) {
            case F8_E4M3 -> Optional.of(table(4, 3, 7, Specials.NAN_AT_ALL_ONES));
            case F8_E5M2 -> Optional.of(table(5, 2, 15, Specials.IEEE));
            case F8_E4M3FNUZ -> Optional.of(table(4, 3, 8, Specials.NAN_AT_NEGATIVE_ZERO));
            case F8_E5M2FNUZ -> Optional.of(table(5, 2, 16, Specials.NAN_AT_NEGATIVE_ZERO));
            case F8_E8M0 -> Optional.of(powersOfTwo());
            default -> Optional.empty();
        };
    }

    private enum Specials {
        IEEE,
        NAN_AT_ALL_ONES,
        NAN_AT_NEGATIVE_ZERO
    }

    private static float[] table(int exponentBits, int mantissaBits, int bias, Specials specials) {
        float[] values = new float[CODES];
        int mantissas = 1 << mantissaBits;
        int largestExponent = (1 << exponentBits) - 1;
        for (int code = 0; code < CODES; code++) {
            int exponent = (code >> mantissaBits) & largestExponent;
            int mantissa = code & (mantissas - 1);
            float magnitude = exponent == 0
                    ? Math.scalb((float) mantissa, 1 - bias - mantissaBits)
                    : Math.scalb((float) (mantissas + mantissa), exponent - bias - mantissaBits);
            if (specials == Specials.IEEE && exponent == largestExponent) {
                magnitude = mantissa == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
            }
            boolean negative = code >= CODES / 2;
            values[code] = negative ? -magnitude : magnitude;
        }
        switch (specials) {
            case NAN_AT_ALL_ONES -> {
                values[CODES / 2 - 1] = Float.NaN;
                values[CODES - 1] = Float.NaN;
            }
            case NAN_AT_NEGATIVE_ZERO -> values[CODES / 2] = Float.NaN;
            case IEEE -> {}
        }
        return values;
    }

    private static float[] powersOfTwo() {
        float[] values = new float[CODES];
        for (int code = 0; code < CODES - 1; code++) {
            values[code] = Math.scalb(1f, code - 127);
        }
        values[CODES - 1] = Float.NaN;
        return values;
    }
}
