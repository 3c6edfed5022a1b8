package dev.steelyard.optim.lionk;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Sums of powers over rows, and whether they can be trusted: squares of small or large floats leave a float's range. */
final class RowSums {

    /** Sums below this, for each element, may have lost terms to underflow. */
    private static final double SMALLEST_MEAN = 1e-30;

    private final long rowLength;
    private final double[] sums;
    private final boolean[] hasDirection;

    RowSums(int rows, long rowLength) {
        this.rowLength = rowLength;
        sums = new double[rows];
        hasDirection = new boolean[rows];
    }

    /** Takes in the sum of a stretch; whether all of it is zero is looked for only where the sum does not tell. */
    void add(int row, double sum, StepLanes step, MemorySegment[] streams, long from, long to) {
        sums[row] += sum;
        hasDirection[row] |= isSound(sum, (to - from) / Float.BYTES) || isAnywhere(step, streams, from, to);
    }

    private static boolean isAnywhere(StepLanes step, MemorySegment[] streams, long from, long to) {
        for (long at = from; at < to; at += Float.BYTES) {
            float m = streams[2].get(ValueLayout.JAVA_FLOAT, at);
            if (step.lookAhead(m, streams[1].get(ValueLayout.JAVA_FLOAT, at)) != 0) {
                return true;
            }
        }
        return false;
    }

    /** Whether no term was lost to underflow and none overflowed. */
    private static boolean isSound(double sum, long terms) {
        return sum > SMALLEST_MEAN * terms && sum < Float.MAX_VALUE;
    }

    /** Whether every sum is that of its row. */
    boolean areSound() {
        for (int row = 0; row < sums.length; row++) {
            if (!isSound(sums[row], rowLength) && hasDirection[row]) {
                return false;
            }
        }
        return true;
    }

    /** The rows' norms, 1 for rows of zeros. */
    double[] norms(RowNormFunction function) {
        double[] norms = new double[sums.length];
        for (int row = 0; row < norms.length; row++) {
            norms[row] = sums[row] == 0 ? 1 : function.norm(sums[row]);
        }
        return norms;
    }
}
