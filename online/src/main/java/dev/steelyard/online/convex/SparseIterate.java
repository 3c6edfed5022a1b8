package dev.steelyard.online.convex;

import dev.steelyard.core.state.State;

/** A point of a ball or a box that moves along sparse directions, each at the cost of the direction's entries. */
public sealed interface SparseIterate permits BallIterate, BoxIterate {

    /** The inner product with {@code other} of the point that {@link #step} would go to. */
    double dotAfter(SparseVector direction, double step, SparseVector other);

    /** Goes to the point that minimises step {@code <direction, x>} + step weight |x|_1 + |x - this|^2 / 2. */
    void step(SparseVector direction, double step);

    /** The point that {@link #step} would go to, in full; O(d). */
    double[] after(SparseVector direction, double step);

    State state();

    /**
     * @throws dev.steelyard.core.state.StateException if it is another's; nothing is changed then
     */
    void restore(State state);

    /**
     * Starts at a point.
     *
     * @param start a point of the domain
     * @param weight of the l1 term; 0 for none
     * @throws IllegalArgumentException if there is no sparse step on the domain: on others than balls and boxes, and with
     *     an l1 term on a ball, where every step changes the length by all coordinates
     */
    static SparseIterate of(Domain domain, double[] start, double weight) {
        Vectors.requireNotNegative("the weight of an l1 term", weight);
        if (domain instanceof Box box) {
            return new BoxIterate(box, start, weight);
        }
        if (domain instanceof Ball ball && weight == 0) {
            return new BallIterate(ball, start);
        }
        throw new IllegalArgumentException("sparse steps are for boxes, and without an l1 term for balls, not for "
                + domain + (weight == 0 ? "" : " with an l1 term") + "; take a dense learner there, which costs O(d)");
    }
}
