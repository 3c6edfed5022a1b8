package dev.steelyard.optim.adamp;

import dev.steelyard.optim.kernel.Kernel;

/**
 * From a gradient to an update that is still to be projected, in two loops: slot 0 holds the weight, 1 the gradient, 2
 * and 3 the buffers.
 */
sealed interface Direction permits AdamDirection, MomentumDirection {

    /** Takes the gradient up into the buffers and the products of weight, gradient and update into sums. */
    Kernel advance(RowProducts products);

    /**
     * Computes the update again from the advanced buffers, takes off what lies along the weight, and moves the weight.
     * The slot of the gradient may be empty unless {@link #readsGradientAgain}.
     */
    Kernel move(Move move);

    /** Whether {@link #move} reads the gradient. */
    boolean readsGradientAgain();

    /** Whether the projected update takes the place of the first buffer. */
    default boolean replacesBuffer() {
        return false;
    }

    /**
     * How a weight moves: {@code w = shrink w - rate (d - along w)}.
     *
     * @param rate factor of the update
     * @param shrink factor of the weight before the step
     * @param along what is taken off along the weights, by row
     */
    record Move(double rate, double shrink, Along along) {}

    /** A factor by row. */
    @FunctionalInterface
    interface Along {
        double ofRow(int row);
    }
}
