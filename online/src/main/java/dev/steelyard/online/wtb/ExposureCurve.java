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

    /**
     * From a first loss to that at full tally, by the square of the tally: habituation if it falls, satiation if it rises.
     *
     * @param fullTally W, the weights' sum; above 0
     */
    static ExposureCurve ramp(double first, double last, double fullTally) {
        requireUnit(first);
        requireUnit(last);
        if (!(fullTally > 0) || Double.isInfinite(fullTally)) {
            throw new IllegalArgumentException("fullTally must be positive and finite, not " + fullTally
                    + "; it is the sum of the memory's weights");
        }
        return tally -> first + (last - first) * (tally / fullTally) * (tally / fullTally);
    }

    /** A loss that no exposure changes. */
    static ExposureCurve constant(double loss) {
        requireUnit(loss);
        return tally -> loss;
    }

    /**
     * Losses at the tallies 0, 1, 2, ..., on straight lines between them, and the last one beyond.
     *
     * @param losses at least one
     */
    static ExposureCurve table(double... losses) {
        if (losses.length == 0) {
            throw new IllegalArgumentException("a table of losses needs at least one");
        }
        double[] kept = losses.clone();
        for (double loss : kept) {
            requireUnit(loss);
        }
        return tally -> {
            int below = (int) Math.min(kept.length - 1, Math.floor(tally));
            int above = Math.min(kept.length - 1, below + 1);
            return kept[below] + Math.min(1, tally - below) * (kept[above] - kept[below]);
        };
    }

    private static void requireUnit(double loss) {
        if (!(loss >= 0 && loss <= 1)) {
            throw new IllegalArgumentException("a loss must be in [0, 1], not " + loss);
        }
    }
}
