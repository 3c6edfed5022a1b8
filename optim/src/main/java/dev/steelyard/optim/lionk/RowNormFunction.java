package dev.steelyard.optim.lionk;

import dev.steelyard.optim.kernel.Kernel;
import dev.steelyard.torch.Tensor;

/**
 * A sum of norms over rows, or one norm of the whole: its subgradient is a function of each element and of its row's
 * norm, so that Lion-K's step is one pass that gathers sums and one that moves.
 */
sealed interface RowNormFunction extends ConvexFunction permits L2, GroupL2, Lp {

    /** Elements of a row of {@code z}. */
    long rowLength(Tensor z);

    /** Whether there are loops for it. */
    default boolean hasLoops() {
        return true;
    }

    /** The loop that adds to the sums of rows what their look-ahead holds. */
    Kernel sums(StepLanes step, RowSums sums);

    /** The norm of a row from its sum. */
    double norm(double sum);

    /** The step as a loop, from the norms of the rows, 1 for rows of zeros. */
    Kernel loop(StepLanes step, double[] norms);
}
