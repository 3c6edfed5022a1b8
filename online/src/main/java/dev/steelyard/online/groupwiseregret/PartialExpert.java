package dev.steelyard.online.groupwiseregret;

/**
 * A group's learner that can also learn when only the loss of what was played is seen.
 *
 * @param <Z> what is predicted
 * @param <Y> what is seen after, if all is
 */
public interface PartialExpert<Z, Y> extends GroupExpert<Z, Y> {

    /** The probability with which {@link #predict} would predict so now. */
    double probability(double[] x, Z prediction);

    /**
     * Learns what was seen of a round, whoever predicted it.
     *
     * @param played the prediction that was played
     * @param estimate its loss over the probability with which it was played
     */
    void learnPlayed(double[] x, Z played, double estimate);
}
