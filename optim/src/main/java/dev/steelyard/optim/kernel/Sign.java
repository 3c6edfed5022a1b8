package dev.steelyard.optim.kernel;

/** The sign in a form that becomes vector instructions. */
public final class Sign {

    private Sign() {}

    /**
     * -1, 0 or 1 for zero and for finite numbers of at least 1e-30 in size; below that it falls smoothly towards 0.
     *
     * <p>Comparisons keep a loop from becoming vector instructions; so do {@link Math#max} and {@link Math#min} when the
     * profile says that one side always wins, and Lion then takes ten times as long.
     */
    public static float of(float x) {
        return x / (Math.abs(x) + Float.MIN_NORMAL);
    }
}
