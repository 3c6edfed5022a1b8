package dev.steelyard.online.wtb;

/** The expected loss of an action, in [0, 1], by its tally. */
@FunctionalInterface
public interface ExposureCurve {

    /**
     * The expected loss.
     *
     * @param tally between 0 and the weights' sum
     */
    double loss(double tally);

    /** From a first loss to that at full tally, by the square of the tally: habituation if it falls, satiation if it rises. */
    static ExposureCurve ramp(double first, double last, double fullTally) {
        requireUnit(first);
        requireUnit(last);
        return tally -> first + (last - first) * (tally / fullTally) * (tally / fullTally);
    }

    /** A loss that no exposure changes. */
    static ExposureCurve constant(double loss) {
        requireUnit(loss);
        return tally -> loss;
    }

    private static void requireUnit(double loss) {
        if (!(loss >= 0 && loss <= 1)) {
            throw new IllegalArgumentException("a loss must be in [0, 1], not " + loss);
        }
    }
}
