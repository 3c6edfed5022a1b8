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

    /** Without a check of the address at every element. */
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;

    /** Takes the chosen elements of a block. */
    @FunctionalInterface
    interface Visitor {

        /**
         * One block; blocks come in the order of memory and make up the whole.
         *
         * @param start first element of the block
         * @param length elements of the block
         * @param places longs: the places of chosen elements, counted from {@code base}
         * @param first number of the block's first place in {@code places}
         * @param found chosen elements of the block
         * @param base element from which places count
         */
        void block(long start, int length, MemorySegment places, long first, int found, long base);
    }

    /** Where all runs of a tensor of {@code count} elements begin. */
    long[] starts(long count) {
        long[] within = indices.data().toArray(LONG);
        long[] starts = new long[Math.toIntExact(within.length * (count / period))];
        for (int i = 0; i < starts.length; i++) {
            starts[i] = i / within.length * period + within[i % within.length] * run;
        }
        return starts;
    }

    /**
     * Goes through a tensor of {@code count} elements by blocks of at most {@code most}.
     *
     * @param most elements, at least as many as a run has
     * @param scratch room for {@code most} longs, used where places are not the indices
     */
    void forEachBlock(long count, int most, MemorySegment scratch, Visitor visitor) {
        MemorySegment chosen = indices.data();
        long length = indices.count();
        long stretch = period;
        int times = (int) Math.min(most / period, count / period);
        if (run == 1 && times > 1) {
            // Several short stretches are one longer, whose indices are written out once.
            chosen = repeated(chosen, length, times, scratch);
            length *= times;
            stretch *= times;
        }
        for (long base = 0; base < count; base += stretch) {
            inStretch(chosen, length, base, Math.min(stretch, count - base), most, scratch, visitor);
        }
    }

    private MemorySegment repeated(MemorySegment chosen, long length, int times, MemorySegment into) {
        for (long i = 0; i < length * times; i++) {
            long place = chosen.getAtIndex(LONG, i % length) + i / length * period;
            into.setAtIndex(LONG, i, place);
        }
        return into;
    }

    private void inStretch(
            MemorySegment chosen,
            long length,
            long base,
            long elements,
            int most,
            MemorySegment scratch,
            Visitor visitor) {
        long block = most / run * run;
        long first = 0;
        for (long start = 0; start < elements; start += block) {
            long end = Math.min(start + block, elements);
            long next = firstFrom(chosen, first, Math.min(length, first + block / run), end / run);
            int found = (int) ((next - first) * run);
            if (run == 1) {
                visitor.block(base + start, (int) (end - start), chosen, first, found, base);
            } else {
                writeOut(chosen, first, found, scratch);
                visitor.block(base + start, (int) (end - start), scratch, 0, found, base);
            }
            first = next;
        }
    }

    /** The number, from {@code low} and at most {@code high}, of the first index that is at least {@code bound}. */
    private static long firstFrom(MemorySegment chosen, long low, long high, long bound) {
        long from = low;
        long to = high;
        while (from < to) {
            long middle = (from + to) >>> 1;
            if (chosen.getAtIndex(LONG, middle) < bound) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    private void writeOut(MemorySegment chosen, long first, int found, MemorySegment into) {
        for (int i = 0; i < found; i++) {
            into.setAtIndex(LONG, i, chosen.getAtIndex(LONG, first + i / run) * run + i % run);
        }
    }
}
