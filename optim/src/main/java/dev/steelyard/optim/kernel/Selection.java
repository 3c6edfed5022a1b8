package dev.steelyard.optim.kernel;

import dev.steelyard.torch.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Chosen elements of a row-major tensor: runs of {@code run} elements that begin at {@code indices * run} within every
 * stretch of {@code period} elements. Columns of a matrix are runs of 1 in every row, rows are runs of a row in the
 * whole, single entries runs of 1 in the whole.
 *
 * @param indices INT64, contiguous on the CPU, growing
 * @param run elements of a run, at least 1
 * @param period elements after which the indices begin anew
 */
public record Selection(Tensor indices, long run, long period) {

    /** Goes through the elements once, in the order of memory. */
    final class Walk {
        private final MemorySegment places = indices.data();
        private final long count = indices.count();
        private long stretch;
        private long index;
        private long within;

        /**
         * The places of the chosen elements of a block, which must follow the block before.
         *
         * @param start first element of the block
         * @param length elements of the block
         * @param into receives places within the block
         * @return how many they are
         */
        int next(long start, int length, int[] into) {
            int found = 0;
            while (true) {
                long place = stretch + places.getAtIndex(ValueLayout.JAVA_LONG, index) * run + within - start;
                if (place >= length) {
                    return found;
                }
                into[found++] = (int) place;
                if (++within == run) {
                    within = 0;
                    if (++index == count) {
                        index = 0;
                        stretch += period;
                    }
                }
            }
        }
    }
}
