package dev.steelyard.online.groupwiseregret;

import dev.steelyard.core.state.State;

/**
 * A group's learner: any learner of small external regret.
 *
 * @param <Z> what is predicted
 * @param <Y> what is seen after
 */
public interface GroupExpert<Z, Y> {

    /** Predicts; the caller does not change the result. */
    Z predict(double[] x);

    /** Learns the outcome of an instance, whatever was predicted for it. */
    void learn(double[] x, Y y);

    /** Lets what was learnt count less, by a factor in (0, 1]. */
    void forget(double factor);

    State state();

    /** Reads what {@link #state} wrote and gives what puts it in place. */
    Runnable load(State saved);
}
