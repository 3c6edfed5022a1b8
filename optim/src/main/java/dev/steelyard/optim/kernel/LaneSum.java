package dev.steelyard.optim.kernel;

import static dev.steelyard.optim.kernel.BlockPass.BLOCK;
import static dev.steelyard.optim.kernel.BlockPass.TERMS;

import java.util.Arrays;

/**
 * Sums of many floats in vector instructions. C2 keeps the order of a sum, one addition after the other; here
 * {@link #LANES} sums run side by side and meet at the end, which is also nearer to the true sum. Blocks are added up
 * in double by the caller.
 */
public final class LaneSum {

    /** Sums that run side by side; six to a block. */
    public static final int LANES = BLOCK / 6;

    private LaneSum() {}

    /** Sum of the first {@code length} elements of the slot {@link BlockPass#TERMS}, which is used up. */
    public static double ofTerms(float[] block, int length) {
        Arrays.fill(block, TERMS + length, TERMS + BLOCK, 0f);
        for (int i = 0; i < LANES; i++) {
            block[TERMS + i] = block[TERMS + i]
                    + block[TERMS + LANES + i]
                    + (block[TERMS + 2 * LANES + i] + block[TERMS + 3 * LANES + i])
                    + (block[TERMS + 4 * LANES + i] + block[TERMS + 5 * LANES + i]);
        }
        return ofLanes(block);
    }

    /** Sum of the first {@link #LANES} elements of the slot {@link BlockPass#TERMS}, which are used up. */
    public static double ofLanes(float[] block) {
        for (int i = 0; i < LANES / 2; i++) {
            block[TERMS + i] += block[TERMS + LANES / 2 + i];
        }
        for (int i = 0; i < LANES / 4; i++) {
            block[TERMS + i] += block[TERMS + LANES / 4 + i];
        }
        double first = 0;
        double second = 0;
        for (int i = 0; i < LANES / 4; i += 2) {
            first += block[TERMS + i];
            second += block[TERMS + i + 1];
        }
        return first + second;
    }
}
