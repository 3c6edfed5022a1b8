package dev.steelyard.online.convex;

import dev.steelyard.core.state.State;

/**
 * An online optimiser of linear models on sparse instances, whose round costs in proportion to the instance's entries and
 * not to the dimension.
 */
public interface SparseOptimizer {

    /** The optimiser's name in states and logs. */
    String name();

    Domain domain();

    /** The inner product of this round's point and an instance. */
    double score(SparseVector instance);

    /** Learns the gradient of this round's loss; the next round begins. */
    void observe(SparseVector gradient);

    /** This round's point in full, O(d). */
    double[] point();

    State snapshot();

    /**
     * @throws dev.steelyard.core.state.StateException if the snapshot is of another optimiser; nothing is changed then
     */
    void restore(State snapshot);
}
