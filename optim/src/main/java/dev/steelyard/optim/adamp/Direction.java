package dev.steelyard.optim.adamp;

/**
 * From a gradient to an update that is still to be projected, over blocks: slot 0 holds the weight, 1 the gradient, 2
 * and 3 the buffers.
 */
sealed interface Direction permits AdamDirection, MomentumDirection {

    /** Takes the gradient up into the buffers and puts the update into the slot of directions. */
    void advance(float[] block, int length);

    /** Puts the update into the slot of directions once more; the buffers have been advanced. */
    void again(float[] block, int length);

    /** Whether {@link #again} reads the gradient. */
    boolean readsGradientAgain();

    /** Whether the projected update takes the place of the first buffer. */
    default boolean replacesBuffer() {
        return false;
    }
}
