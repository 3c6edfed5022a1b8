package dev.steelyard.online.convex;

import dev.steelyard.core.state.State;
import dev.steelyard.online.InvalidOutcomeException;
import java.util.List;

/**
 * Plays points of a convex domain and learns from the gradients of the losses there.
 *
 * <pre>{@code
 * double[] point = optimizer.predict();
 * optimizer.observe(gradientAt(point));
 * }</pre>
 *
 * <p>{@link #predict} gives the same point until the next {@link #observe}. Gradients may come late: each is learnt in
 * the order of arrival, as the gradient of the current round. A call that throws leaves the state as it was.
 */
public interface OnlineOptimizer {

    /** The optimiser's name in states and logs. */
    String name();

    Domain domain();

    /** The point of this round; a new array. */
    double[] predict();

    /**
     * Learns the gradient of this round's loss at {@link #predict}'s point; the next round begins.
     *
     * @throws InvalidOutcomeException if the gradient is of another dimension or not finite
     */
    void observe(double[] gradient);

    /**
     * Learns a gradient that was taken at an earlier point, when it comes late.
     *
     * @param point where it was taken
     */
    default void observe(double[] gradient, double[] point) {
        observe(gradient);
    }

    /**
     * Learns a batch of gradients at one point as one round, by their mean.
     *
     * @throws InvalidOutcomeException if the batch is empty or a gradient is wrong
     */
    default void observeBatch(List<double[]> gradients) {
        observe(mean(gradients, domain().dimension()));
    }

    /**
     * The mean gradient of a batch.
     *
     * @throws InvalidOutcomeException if the batch is empty or a gradient is wrong
     */
    static double[] mean(List<double[]> gradients, int dimension) {
        if (gradients.isEmpty()) {
            throw new InvalidOutcomeException("a batch must hold at least one gradient");
        }
        double[] mean = new double[dimension];
        for (double[] gradient : gradients) {
            Vectors.add(mean, 1.0 / gradients.size(), Vectors.requireGradient(gradient, dimension));
        }
        return mean;
    }

    /** Everything that the optimiser knows. */
    State snapshot();

    /**
     * Goes on where the snapshot was taken.
     *
     * @throws dev.steelyard.core.state.StateException if the snapshot is of another optimiser; nothing is changed then
     */
    void restore(State snapshot);
}
