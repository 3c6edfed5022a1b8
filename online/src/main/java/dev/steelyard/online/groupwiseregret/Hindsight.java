package dev.steelyard.online.groupwiseregret;

/**
 * The best fixed predictor of a class for the instances so far, known only afterwards: what regret is measured to.
 *
 * @param <Y> what is seen of an instance
 */
public interface Hindsight<Y> {

    /** Adds an instance. */
    void add(double[] x, Y outcome);

    /** The summed loss of the best fixed predictor on all instances so far; 0 before any. */
    double loss();
}
