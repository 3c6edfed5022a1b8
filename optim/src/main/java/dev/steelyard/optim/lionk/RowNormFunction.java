package dev.steelyard.optim.lionk;

import dev.steelyard.torch.Tensor;

/**
 * A sum of norms over rows, or one norm of the whole: its subgradient is a function of each element and of its row's
 * norm, so that Lion-K's step is one pass that gathers sums and one that moves.
 */
sealed interface RowNormFunction extends ConvexFunction permits L2, GroupL2, Lp {

    /** Elements of a row of {@code z}. */
    long rowLength(Tensor z);

    /** Whether the subgradient can be had in vector instructions. */
    default boolean hasBlocks() {
        return true;
    }

    /**
     * Puts what is to be summed over a row into the slot {@link dev.steelyard.optim.kernel.BlockPass#TERMS}.
     *
     * @param block z in the slot {@link dev.steelyard.optim.kernel.BlockPass#DIRECTION}, left as it is; the slot
     *     {@link dev.steelyard.optim.kernel.BlockPass#FACTORS} is free
     * @param length elements of z
     */
    void terms(float[] block, int length);

    /** The norm of a row from the sum of its terms. */
    double norm(double sum);

    /**
     * Puts the subgradient in the place of z.
     *
     * @param block z in the slot {@link dev.steelyard.optim.kernel.BlockPass#DIRECTION}, the norms of the elements'
     *     rows in the slot {@link dev.steelyard.optim.kernel.BlockPass#FACTORS}, 1 for rows of zeros; the slot of terms
     *     is free
     * @param length elements of z
     */
    void subgradient(float[] block, int length);
}
