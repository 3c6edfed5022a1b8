package dev.steelyard.optim.lionk;

import dev.steelyard.optim.kernel.Kernel;

/** A K that is a sum over elements, {@code K(z) = sum k(z_i)}: Lion-K's step is one pass over memory. */
sealed interface SeparableFunction extends ConvexFunction permits L1, HalfSquare, Huber, DeadZone, SmoothAbsolute {

    /** Whether there is a loop for it. */
    default boolean hasLoop() {
        return true;
    }

    /** The step as a loop. */
    Kernel loop(StepLanes step);
}
