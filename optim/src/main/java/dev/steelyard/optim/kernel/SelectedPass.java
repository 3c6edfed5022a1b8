package dev.steelyard.optim.kernel;

import dev.steelyard.torch.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * One pass over a parameter in which chosen elements move by one update and the others by another. The buffers hold
 * the chosen elements only, one after the other.
 */
public final class SelectedPass {

    /** Elements of a block: what is gathered from it is still in the second cache when it is put back. */
    private static final int BLOCK = 16_384;

    /** A run of at least this length is worked on where it lies. */
    private static final int LONG_RUN = 64;

    /** Without a check of the address at every element. */
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;

    private static final ThreadLocal<Scratch> SCRATCH = ThreadLocal.withInitial(Scratch::new);

    /** What a thread needs: the chosen elements of a block, and their places. */
    private static final class Scratch {
        private final MemorySegment weights = Arena.ofAuto().allocate(4L * BLOCK, 64);
        private final MemorySegment gradients = Arena.ofAuto().allocate(4L * BLOCK, 64);
        private final MemorySegment places = Arena.ofAuto().allocate(8L * BLOCK, 64);
    }

    private final Kernel chosen;
    private final Kernel others;
    private final MemorySegment weights;
    private final MemorySegment gradients;
    private final MemorySegment[] kept;
    private final boolean[] written;

    private SelectedPass(Kernel chosen, Kernel others, Tensor parameter, Tensor gradient, Tensor... buffers) {
        this.chosen = chosen;
        this.others = others;
        weights = parameter.data();
        gradients = gradient.data();
        kept = new MemorySegment[buffers.length];
        written = new boolean[buffers.length + 2];
        Arrays.fill(written, true);
        written[1] = false;
        for (int i = 0; i < buffers.length; i++) {
            kept[i] = buffers[i].data();
        }
    }

    /**
     * Updates the parameter and the buffers in place, which must {@linkplain OnePass#fits fit}.
     *
     * @param selection which elements are chosen
     * @param chosen how they move
     * @param others how the others move, without buffers; {@code null} if they stay
     */
    public static void run(
            Selection selection,
            ElementwiseUpdate chosen,
            ElementwiseUpdate others,
            Tensor parameter,
            Tensor gradient,
            Tensor... buffers) {
        SelectedPass pass = new SelectedPass(
                chosen.kernel(), others == null ? null : others.kernel(), parameter, gradient, buffers);
        if (selection.run() >= LONG_RUN) {
            pass.byRuns(selection, parameter.count());
        } else {
            pass.byBlocks(selection, parameter.count());
        }
    }

    private void byRuns(Selection selection, long count) {
        long end = 0;
        long done = 0;
        for (long start : selection.starts(count)) {
            moveOthers(end, start);
            end = start + selection.run();
            moveChosen(slice(weights, start, end), slice(gradients, start, end), done, selection.run());
            done += selection.run();
        }
        moveOthers(end, count);
    }

    private void byBlocks(Selection selection, long count) {
        Scratch scratch = SCRATCH.get();
        long[] done = new long[1];
        selection.forEachBlock(count, BLOCK, scratch.places, (start, length, places, first, found, base) -> {
            gather(places, first, found, base, scratch);
            moveOthers(start, start + length);
            moveChosen(scratch.weights, scratch.gradients, done[0], found);
            scatter(places, first, found, base, scratch);
            done[0] += found;
        });
    }

    private void moveChosen(MemorySegment chosenWeights, MemorySegment chosenGradients, long done, long found) {
        MemorySegment[] streams = new MemorySegment[kept.length + 2];
        streams[0] = chosenWeights;
        streams[1] = chosenGradients;
        for (int i = 0; i < kept.length; i++) {
            streams[i + 2] = slice(kept[i], done, done + found);
        }
        Pass.vectors(chosen, 0, streams, written, 0, found * Float.BYTES);
    }

    private void moveOthers(long start, long end) {
        if (others != null) {
            Pass.vectors(
                    others,
                    0,
                    new MemorySegment[] {weights, gradients},
                    written,
                    start * Float.BYTES,
                    end * Float.BYTES);
        }
    }

    private static MemorySegment slice(MemorySegment memory, long start, long end) {
        return memory.asSlice(start * Float.BYTES, (end - start) * Float.BYTES);
    }

    /** One loop for both, since reading the place is half of the work. */
    private void gather(MemorySegment places, long first, int found, long base, Scratch scratch) {
        MemorySegment fromWeights = weights;
        MemorySegment fromGradients = gradients;
        MemorySegment intoWeights = scratch.weights;
        MemorySegment intoGradients = scratch.gradients;
        long from = first * Long.BYTES;
        long origin = base * Float.BYTES;
        for (int i = 0; i < found; i++) {
            long at = origin + Float.BYTES * places.get(LONG, from + 8L * i);
            intoWeights.set(FLOAT, 4L * i, fromWeights.get(FLOAT, at));
            intoGradients.set(FLOAT, 4L * i, fromGradients.get(FLOAT, at));
        }
    }

    private void scatter(MemorySegment places, long first, int found, long base, Scratch scratch) {
        MemorySegment moved = scratch.weights;
        MemorySegment into = weights;
        long from = first * Long.BYTES;
        long origin = base * Float.BYTES;
        for (int i = 0; i < found; i++) {
            into.set(FLOAT, origin + Float.BYTES * places.get(LONG, from + 8L * i), moved.get(FLOAT, 4L * i));
        }
    }
}
