package dev.steelyard.optim.kernel;

import static dev.steelyard.optim.kernel.BlockPass.BLOCK;

import dev.steelyard.torch.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * One pass over a parameter in which chosen elements move by one update and the others by another. The buffers hold
 * the chosen elements only, one after the other.
 */
public final class SelectedPass {

    private static final int SLOTS = 5;

    private static final ThreadLocal<Scratch> SCRATCH = ThreadLocal.withInitial(Scratch::new);

    /** What a thread needs: a block, the chosen elements of it, and their places. */
    private static final class Scratch {
        private final float[] block = new float[2 * BLOCK];
        private final float[] chosen = new float[SLOTS * BLOCK];
        private final int[] places = new int[BLOCK];
    }

    private SelectedPass() {}

    /** Whether {@link #run} can go through these: contiguous float32 on the CPU, at most three buffers. */
    public static boolean fits(Tensor parameter, Tensor gradient, Tensor... buffers) {
        boolean fits = OnePass.fits(parameter) && OnePass.fits(gradient) && buffers.length + 2 <= SLOTS;
        for (Tensor buffer : buffers) {
            fits &= OnePass.fits(buffer);
        }
        return fits;
    }

    /**
     * Updates the parameter and the buffers in place.
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
        MemorySegment weights = parameter.data();
        MemorySegment gradients = gradient.data();
        MemorySegment[] kept = new MemorySegment[buffers.length];
        for (int i = 0; i < buffers.length; i++) {
            kept[i] = buffers[i].data();
        }
        Selection.Walk walk = selection.new Walk();
        Scratch scratch = SCRATCH.get();
        float[] block = scratch.block;
        long count = parameter.count();
        long done = 0;
        for (long start = 0; start < count; start += BLOCK) {
            int length = (int) Math.min(BLOCK, count - start);
            int found = walk.next(start, length, scratch.places);
            if (found == 0 && others == null) {
                continue;
            }
            read(weights, start, block, 0, length);
            read(gradients, start, block, BLOCK, length);
            if (found > 0) {
                gather(scratch, found);
                for (int i = 0; i < kept.length; i++) {
                    read(kept[i], done, scratch.chosen, (i + 2) * BLOCK, found);
                }
                chosen.block(scratch.chosen, found);
                for (int i = 0; i < kept.length; i++) {
                    write(scratch.chosen, (i + 2) * BLOCK, kept[i], done, found);
                }
                done += found;
            }
            if (others != null) {
                others.block(block, length);
            }
            for (int i = 0; i < found; i++) {
                block[scratch.places[i]] = scratch.chosen[i];
            }
            write(block, 0, weights, start, length);
        }
    }

    private static void gather(Scratch scratch, int found) {
        for (int i = 0; i < found; i++) {
            int place = scratch.places[i];
            scratch.chosen[i] = scratch.block[place];
            scratch.chosen[BLOCK + i] = scratch.block[BLOCK + place];
        }
    }

    private static void read(MemorySegment memory, long start, float[] block, int slot, int length) {
        MemorySegment.copy(memory, ValueLayout.JAVA_FLOAT, start * Float.BYTES, block, slot, length);
    }

    private static void write(float[] block, int slot, MemorySegment memory, long start, int length) {
        MemorySegment.copy(block, slot, memory, ValueLayout.JAVA_FLOAT, start * Float.BYTES, length);
    }
}
