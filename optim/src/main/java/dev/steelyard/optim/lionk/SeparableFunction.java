package dev.steelyard.optim.lionk;

/** A K that is a sum over elements, {@code K(z) = sum k(z_i)}: Lion-K's step is one pass over memory. */
sealed interface SeparableFunction extends ConvexFunction permits L1, HalfSquare, Huber, DeadZone, SmoothAbsolute {

    /**
     * Puts the subgradient in the place of z.
     *
     * @param block z in the slot {@link dev.steelyard.optim.kernel.BlockPass#DIRECTION}
     * @param length elements of z
     */
    void subgradient(float[] block, int length);
}
