package dev.steelyard.optim.kernel;

/** The sign in a form that becomes vector instructions. */
public final class Sign {

    private Sign() {}

    /**
     * -1, 0 or 1, exact for every float down to the smallest subnormal one and for infinities; {@code +0.0} for both
     * zeros; NaN for NaN, so that it shows in the parameter (libtorch's sign hides it as 0).
     *
     * <p>Comparisons keep a loop from becoming vector instructions; so do {@link Math#max} and {@link Math#min} when the
     * profile says that one side always wins, and integer operations on a float's bits. {@link Math#signum} is an
     * instruction of its own.
     */
    public static float of(float x) {
        // Adding zero turns signum's -0.0 into +0.0 and changes nothing else.
        return Math.signum(x) + 0f;
    }
}
