package dev.steelyard.optim.kernel;

/** The sign in a form that becomes vector instructions. */
public final class Sign {

    /** Twice this factor lifts the smallest float above 1, and leaves zero zero. */
    private static final float LARGE = 0x1p127f;

    private Sign() {}

    /** -1, 0 or 1, exactly; {@link Math#signum} and comparisons would keep a loop from becoming vector instructions. */
    public static float of(float x) {
        return Math.max(-1f, Math.min(1f, x * LARGE * LARGE));
    }
}
