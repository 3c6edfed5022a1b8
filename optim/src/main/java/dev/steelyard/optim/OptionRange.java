package dev.steelyard.optim;

/** Checks of options at construction; each message names the field, its value and what is allowed. */
public final class OptionRange {

    private OptionRange() {}

    /**
     * A finite number of at least {@code lowest}.
     *
     * @throws IllegalArgumentException if it is not
     */
    public static void requireAtLeast(String field, double value, double lowest) {
        if (!(value >= lowest) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(
                    field + " must be a finite number of at least " + lowest + ", was " + value);
        }
    }

    /**
     * A number in {@code [lowest, end)}.
     *
     * @throws IllegalArgumentException if it is not
     */
    public static void requireBelow(String field, double value, double lowest, double end) {
        if (!(value >= lowest && value < end)) {
            throw new IllegalArgumentException(
                    field + " must be at least " + lowest + " and below " + end + ", was " + value);
        }
    }

    /**
     * A number in {@code [lowest, highest]}.
     *
     * @throws IllegalArgumentException if it is not
     */
    public static void requireWithin(String field, double value, double lowest, double highest) {
        if (!(value >= lowest && value <= highest)) {
            throw new IllegalArgumentException(
                    field + " must be between " + lowest + " and " + highest + ", was " + value);
        }
    }
}
