package dev.steelyard.optim.kernel;

import dev.steelyard.torch.DType;
import dev.steelyard.torch.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * One pass over the memory of some tensors of equal length: a block of every stream is copied to an array that stays in
 * the processor's first caches, worked on there, and copied back where the stream is written.
 *
 * <p>All streams lie in one array, since C2 turns a loop into vector instructions only where it can tell that its
 * streams do not overlap, and offsets that are constants tell it: stream {@code s} begins at {@code s * BLOCK}. Tensors
 * take the slots 0 to 4; {@link #FACTORS}, {@link #DIRECTION} and {@link #TERMS} are free for what a method computes.
 */
public final class BlockPass {

    /**
     * Elements of a stream in a block, as measured: smaller blocks lose time at the ends of the vector loop, and copies
     * of 4 KB and more between memory and array go at half the speed.
     */
    public static final int BLOCK = 384;

    /** Where the slot for numbers that differ from row to row begins. */
    public static final int FACTORS = 5 * BLOCK;

    /** Where the slot for a direction begins. */
    public static final int DIRECTION = 6 * BLOCK;

    /** Where the slot for the terms of a sum begins; see {@link LaneSum}. */
    public static final int TERMS = 7 * BLOCK;

    private static final int MOST_TENSORS = 5;
    private static final int SLOTS = 8;

    /** A row of at least this length has its blocks to itself; shorter rows share one. */
    private static final int LONG_ROW = 96;

    /** Bound while passes are not wanted; see {@link OnePass#composed}. */
    static final ScopedValue<Boolean> COMPOSED = ScopedValue.newInstance();

    private static final ThreadLocal<Scratch> SCRATCH = ThreadLocal.withInitial(Scratch::new);

    /** What a thread needs to go through a block. */
    private static final class Scratch {
        private final float[] block = new float[SLOTS * BLOCK];
        private final short[] halves = new short[BLOCK];
    }

    /** Works on one block. */
    @FunctionalInterface
    public interface Action {
        /**
         * Changes a block in place.
         *
         * @param block all slots
         * @param start number of the first element within the tensors
         * @param length elements, at most {@link #BLOCK}
         */
        void block(float[] block, long start, int length);
    }

    private final MemorySegment[] memory;
    private final boolean[] halved;
    private final boolean[] written;
    private final long count;

    /**
     * A pass over these tensors, each in the slot of its place.
     *
     * @param tensors at most 5 that {@link #fits}; {@code null} leaves its slot alone
     */
    public BlockPass(Tensor... tensors) {
        if (tensors.length > MOST_TENSORS) {
            throw new IllegalArgumentException(
                    "a pass goes through at most " + MOST_TENSORS + " tensors, there are " + tensors.length);
        }
        memory = new MemorySegment[tensors.length];
        halved = new boolean[tensors.length];
        written = new boolean[tensors.length];
        long most = 0;
        for (int i = 0; i < tensors.length; i++) {
            if (tensors[i] != null) {
                memory[i] = tensors[i].data();
                halved[i] = tensors[i].dtype() == DType.BFLOAT16;
                most = Math.max(most, tensors[i].count());
            }
        }
        count = most;
    }

    /** Whether all are contiguous tensors in the CPU's memory, of float32 or bfloat16. */
    public static boolean fits(Tensor... tensors) {
        for (Tensor tensor : tensors) {
            DType type = tensor.dtype();
            boolean known = type == DType.FLOAT32 || type == DType.BFLOAT16;
            if (!known || COMPOSED.isBound() || tensor.isCuda() || !tensor.isContiguous()) {
                return false;
            }
        }
        return true;
    }

    /** The pass that writes these slots back, and no others. */
    public BlockPass writing(int... slots) {
        for (int slot : slots) {
            written[slot] = true;
        }
        return this;
    }

    /** Goes through all elements. */
    public void run(Action action) {
        inPieces(count, BLOCK, action);
    }

    /**
     * Goes through all elements; no block holds parts of two rows, but a block may hold several whole rows if
     * {@link #sharesBlocks}.
     */
    public void runByRows(long rowLength, Action action) {
        if (sharesBlocks(rowLength)) {
            inPieces(count, (int) (BLOCK / rowLength * rowLength), action);
            return;
        }
        Scratch scratch = SCRATCH.get();
        // Pieces of about equal length, so that no row ends with a few elements.
        long pieces = (rowLength + BLOCK - 1) / BLOCK;
        int piece = (int) ((rowLength + pieces - 1) / pieces);
        for (long row = 0; row < count; row += rowLength) {
            for (long start = row; start < row + rowLength; start += piece) {
                piece(scratch, start, (int) Math.min(piece, row + rowLength - start), action);
            }
        }
    }

    /** Whether rows of this length are so short that several lie in a block. */
    public static boolean sharesBlocks(long rowLength) {
        return rowLength < LONG_ROW;
    }

    private void inPieces(long end, int piece, Action action) {
        Scratch scratch = SCRATCH.get();
        for (long start = 0; start < end; start += piece) {
            piece(scratch, start, (int) Math.min(piece, end - start), action);
        }
    }

    private void piece(Scratch scratch, long start, int length, Action action) {
        for (int i = 0; i < memory.length; i++) {
            if (memory[i] != null) {
                read(scratch, i, start, length);
            }
        }
        action.block(scratch.block, start, length);
        for (int i = 0; i < memory.length; i++) {
            if (written[i]) {
                write(scratch, i, start, length);
            }
        }
    }

    private void read(Scratch scratch, int slot, long start, int length) {
        if (halved[slot]) {
            long from = start * Short.BYTES;
            MemorySegment.copy(memory[slot], ValueLayout.JAVA_SHORT, from, scratch.halves, 0, length);
            BFloat16.widen(scratch.halves, scratch.block, slot * BLOCK, length);
        } else {
            long from = start * Float.BYTES;
            MemorySegment.copy(memory[slot], ValueLayout.JAVA_FLOAT, from, scratch.block, slot * BLOCK, length);
        }
    }

    private void write(Scratch scratch, int slot, long start, int length) {
        if (halved[slot]) {
            BFloat16.round(scratch.block, slot * BLOCK, scratch.halves, length);
            long to = start * Short.BYTES;
            MemorySegment.copy(scratch.halves, 0, memory[slot], ValueLayout.JAVA_SHORT, to, length);
        } else {
            long to = start * Float.BYTES;
            MemorySegment.copy(scratch.block, slot * BLOCK, memory[slot], ValueLayout.JAVA_FLOAT, to, length);
        }
    }
}
