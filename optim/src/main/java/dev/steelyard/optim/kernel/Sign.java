package dev.steelyard.optim.kernel;

/** The sign in a form that becomes vector instructions. */
public final class Sign {

    private Sign() {}

    /**
     * -1, 0 or 1, exactly, for a finite number. Comparisons would keep a loop from becoming vector instructions, and
     * {@link Math#signum} takes twice as long in one.
     */
    public static float of(float x) {
        return x / Math.max(Math.abs(x), Float.MIN_VALUE);
    }
}
