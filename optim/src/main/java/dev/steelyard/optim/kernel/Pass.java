package dev.steelyard.optim.kernel;

import dev.steelyard.torch.DType;
import dev.steelyard.torch.Tensor;
import dev.steelyard.torch.Torch;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.stream.IntStream;

/**
 * One pass over the memory of some tensors of equal length by a {@link Kernel}, where they lie: nothing is copied, but
 * for bfloat16, which is widened piece by piece, and the last elements that do not fill a vector. Large tensors are
 * shared out among {@link Torch#threads()} threads.
 *
 * <p>Kernels are written with the Vector API, which a JVM has when it is started with {@value #FLAG}. Without it
 * {@link #fits} says no and every update is composed of tensor operations, which gives the same results and takes some
 * three to twenty times as long.
 */
public final class Pass {

    /** The JVM's option that makes passes possible. */
    public static final String FLAG = "--add-modules=jdk.incubator.vector";

    /** Elements of a piece: short enough for the first cache, and for sums of floats to stay exact to 1e-6. */
    public static final int PIECE = 1024;

    private static final boolean AVAILABLE =
            ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();

    private static final int MOST_TENSORS = 5;

    private static final int MOST_THREADS = 64;

    /** Floats in the longest registers that there are. */
    private static final int LONGEST_VECTOR = 64;

    /** Elements below which a second thread costs more than it saves. */
    private static final long THREAD_SHARE = 1 << 18;

    /** Bound while passes are not wanted; see {@link OnePass#composed}. */
    static final ScopedValue<Boolean> COMPOSED = ScopedValue.newInstance();

    private static final ThreadLocal<Scratch> SCRATCH = ThreadLocal.withInitial(Scratch::new);

    /** What a thread needs to go through a stretch. */
    private static final class Scratch {
        private final MemorySegment[] pieces = new MemorySegment[MOST_TENSORS];
        private final MemorySegment[] ends = new MemorySegment[MOST_TENSORS];

        Scratch() {
            for (int i = 0; i < MOST_TENSORS; i++) {
                pieces[i] = floats(PIECE);
                ends[i] = floats(LONGEST_VECTOR);
            }
        }

        private static MemorySegment floats(int count) {
            return Arena.ofAuto().allocate((long) count * Float.BYTES, 64);
        }
    }

    private final MemorySegment[] memory;
    private final boolean[] halved;
    private final boolean[] written;
    private final long count;
    private boolean halves;
    private boolean inPieces;

    /**
     * A pass over these tensors, each in the slot of its place.
     *
     * @param tensors at most 5 that {@link #fits}; {@code null} leaves its slot empty
     */
    public Pass(Tensor... tensors) {
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
                halves |= halved[i];
                most = Math.max(most, tensors[i].count());
            }
        }
        count = most;
    }

    /** Whether this JVM has the Vector API. */
    public static boolean available() {
        return AVAILABLE;
    }

    /** Whether all are contiguous tensors in the CPU's memory, of float32 or bfloat16, and passes are to be had. */
    public static boolean fits(Tensor... tensors) {
        if (!AVAILABLE || COMPOSED.isBound()) {
            return false;
        }
        for (Tensor tensor : tensors) {
            DType type = tensor.dtype();
            boolean known = type == DType.FLOAT32 || type == DType.BFLOAT16;
            if (!known || tensor.isCuda() || !tensor.isContiguous()) {
                return false;
            }
        }
        return true;
    }

    /** Whether rows of this length are worth a pass by rows: one at least fills a vector. */
    public static boolean fitsRows(long rowLength) {
        return AVAILABLE && rowLength * Float.BYTES >= Lanes.STEP;
    }

    /** The pass that writes these slots back, and no others. */
    public Pass writing(int... slots) {
        for (int slot : slots) {
            written[slot] = true;
        }
        return this;
    }

    /** The pass whose stretches hold at most {@link #PIECE} elements. */
    public Pass inPieces() {
        inPieces = true;
        return this;
    }

    /** Goes through all elements. */
    public void run(Kernel kernel) {
        int parts = parts();
        // Shares begin at whole pieces, so that only the last one can end within a vector.
        long share = (count / parts + PIECE - 1) / PIECE * PIECE;
        shared(parts, part -> stretch(kernel, 0, part * share, part == parts - 1 ? count : (part + 1) * share));
    }

    /** Goes through all elements; no stretch holds parts of two rows. */
    public void runByRows(long rowLength, Kernel kernel) {
        int rows = Math.toIntExact(count / rowLength);
        int parts = Math.min(parts(), rows);
        shared(parts, part -> {
            int end = (int) ((part + 1L) * rows / parts);
            for (int row = (int) ((long) part * rows / parts); row < end; row++) {
                stretch(kernel, row, row * rowLength, (row + 1) * rowLength);
            }
        });
    }

    private int parts() {
        int most = (int) Math.min(Integer.MAX_VALUE, count / THREAD_SHARE);
        return most < 2 ? 1 : Math.min(Math.min(most, MOST_THREADS), Torch.threads());
    }

    /** Works on one part of a pass. */
    @FunctionalInterface
    private interface Part {
        void run(int part);
    }

    private static void shared(int parts, Part part) {
        if (parts == 1) {
            part.run(0);
        } else {
            IntStream.range(0, parts).parallel().forEach(part::run);
        }
    }

    private void stretch(Kernel kernel, int row, long start, long end) {
        if (halves) {
            for (long at = start; at < end; at += PIECE) {
                widened(kernel, row, at, (int) Math.min(PIECE, end - at));
            }
        } else if (inPieces) {
            for (long at = start; at < end; at += PIECE) {
                vectors(kernel, row, memory, written, at * Float.BYTES, Math.min(end, at + PIECE) * Float.BYTES);
            }
        } else {
            vectors(kernel, row, memory, written, start * Float.BYTES, end * Float.BYTES);
        }
    }

    /** A piece whose bfloat16 streams are widened into scratch and rounded back. */
    private void widened(Kernel kernel, int row, long start, int length) {
        Scratch scratch = SCRATCH.get();
        MemorySegment[] streams = new MemorySegment[memory.length];
        for (int i = 0; i < memory.length; i++) {
            if (halved[i]) {
                BFloat16.widen(memory[i], start, scratch.pieces[i], length);
                streams[i] = scratch.pieces[i];
            } else if (memory[i] != null) {
                streams[i] = memory[i].asSlice(start * Float.BYTES, (long) length * Float.BYTES);
            }
        }
        vectors(kernel, row, streams, written, 0, (long) length * Float.BYTES);
        for (int i = 0; i < memory.length; i++) {
            if (halved[i] && written[i]) {
                BFloat16.round(scratch.pieces[i], memory[i], start, length);
            }
        }
    }

    /** Whole vectors where they lie, and what is left at the end in a copy. */
    static void vectors(Kernel kernel, int row, MemorySegment[] streams, boolean[] written, long from, long to) {
        long whole = to - (to - from) % Lanes.STEP;
        if (whole > from) {
            kernel.run(streams, from, whole, row);
        }
        if (whole == to) {
            return;
        }
        Scratch scratch = SCRATCH.get();
        MemorySegment[] ends = new MemorySegment[streams.length];
        long left = to - whole;
        for (int i = 0; i < streams.length; i++) {
            if (streams[i] != null) {
                ends[i] = scratch.ends[i];
                MemorySegment.copy(streams[i], whole, ends[i], 0, left);
                ends[i].asSlice(left, Lanes.STEP - left).fill((byte) 0);
            }
        }
        kernel.run(ends, 0, Lanes.STEP, row);
        for (int i = 0; i < streams.length; i++) {
            if (written[i]) {
                MemorySegment.copy(ends[i], 0, streams[i], whole, left);
            }
        }
    }
}
