package dev.steelyard.online.onesidedfair;

import dev.steelyard.core.state.State;

/** Finds the hypothesis of least weighted cost in a class, over a history that grows. */
public interface WeightedOracle {

    /** The oracle's name in states. */
    String name();

    /** Whether {@link #best} is the true minimum; a surrogate's result carries no guarantee. */
    boolean isExact();

    /** Adds to the history what accepting an instance costs beyond rejecting it; may be negative. */
    void add(double[] x, double weight);

    /** Multiplies the history's weights by a factor in [0, 1]. */
    void forget(double factor);

    /**
     * The hypothesis h of least sum of weight times h(x), over the history and more points. Several threads may ask at
     * once, while none changes the history.
     *
     * @param points further instances
     * @param weights what accepting each of them costs
     */
    Hypothesis best(double[][] points, double[] weights);

    /** The history. */
    State state();

    /** Reads what {@link #state} wrote and gives what puts it in place. */
    Runnable load(State saved);
}
