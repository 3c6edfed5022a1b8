package dev.steelyard.online;

/**
 * Finds the best fixed action for given costs, such as a shortest path for edge costs.
 *
 * @param <A> an action
 */
@FunctionalInterface
public interface Oracle<A> {

    /**
     * The action of least cost.
     *
     * @param costs cost of each coordinate (edge, item, example); may be negative
     */
    A argmin(double[] costs);
}
