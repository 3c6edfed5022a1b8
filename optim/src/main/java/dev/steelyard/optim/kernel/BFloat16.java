package dev.steelyard.optim.kernel;

/** bfloat16: the upper half of a float. */
public final class BFloat16 {

    private static final int QUIET_NAN = 0x7fc0;

    private BFloat16() {}

    /** The nearest bfloat16; of two equally near ones that with an even last bit, as libtorch and hardware round. */
    public static short of(float x) {
        int bits = Float.floatToRawIntBits(x);
        // Adding just under half of the last bit kept, or exactly half where that bit is odd, carries where it must;
        // the largest floats carry to infinity. A NaN could carry to zero.
        int rounded = (bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16;
        return (short) (Float.isNaN(x) ? QUIET_NAN : rounded);
    }

    /** The float of the same value. */
    public static float toFloat(short half) {
        return Float.intBitsToFloat(half << 16);
    }

    static void widen(short[] halves, float[] floats, int from, int length) {
        for (int i = 0; i < length; i++) {
            floats[from + i] = toFloat(halves[i]);
        }
    }

    static void round(float[] floats, int from, short[] halves, int length) {
        for (int i = 0; i < length; i++) {
            halves[i] = of(floats[from + i]);
        }
    }
}
