package dev.steelyard.online.groupwiseregret;

import java.util.Arrays;
import java.util.List;

/**
 * What is predicted, and what a prediction loses.
 *
 * @param <Z> what is predicted
 * @param <Y> what is seen after
 */
public interface GroupTask<Z, Y> {

    /** The loss of a prediction, best in [0, 1]. */
    double loss(Z prediction, Y outcome);

    /**
     * Checks an outcome.
     *
     * @throws dev.steelyard.online.InvalidOutcomeException if it is outside its range
     */
    void requireOutcome(long decision, Y outcome);

    /** Whether the loss is convex, so that predictions may be averaged. */
    boolean isConvex();

    /** The average of predictions; only asked of convex tasks. */
    Z average(double[] probabilities, List<Z> predictions);

    /** Whether two predictions are the same, so that one's loss is the other's. */
    default boolean same(Z prediction, Z other) {
        return Arrays.equals(write(prediction), write(other));
    }

    /** A prediction as numbers, for saving. */
    double[] write(Z prediction);

    /** Reads what {@link #write} gave. */
    Z read(double[] saved);

    /** Squared loss of a real label within a range. */
    static GroupTask<Double, Double> squaredLoss(double lowest, double highest) {
        return new SquaredLoss(lowest, highest);
    }
}
