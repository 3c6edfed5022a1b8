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

    /** Where all runs of a tensor of {@code count} elements begin. */
    long[] starts(long count) {
        long[] within = indices.data().toArray(ValueLayout.JAVA_LONG);
        long[] starts = new long[Math.toIntExact(within.length * (count / period))];
        for (int i = 0; i < starts.length; i++) {
            starts[i] = i / within.length * period + within[i % within.length] * run;
        }
        return starts;
    }

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
            return run == 1 ? nextSingles(start, length, into) : nextOfRuns(start, length, into);
        }

        private int nextSingles(long start, int length, int[] into) {
            int found = 0;
            long base = stretch - start;
            long at = index;
            while (true) {
                long place = base + places.getAtIndex(ValueLayout.JAVA_LONG_UNALIGNED, at);
                if (place >= length) {
                    break;
                }
                into[found++] = (int) place;
                if (++at == count) {
                    at = 0;
                    base += period;
                }
            }
            index = at;
            stretch = base + start;
            return found;
        }

        private int nextOfRuns(long start, int length, int[] into) {
            int found = 0;
            long place = place() - start;
            while (place < length) {
                into[found++] = (int) place;
                step();
                place = place() - start;
            }
            return found;
        }

        private long place() {
            return stretch + places.getAtIndex(ValueLayout.JAVA_LONG, index) * run + within;
        }

        private void step() {
            if (++within < run) {
                return;
            }
            within = 0;
            if (++index == count) {
                index = 0;
                stretch += period;
            }
        }
    }
}
