package dev.steelyard.optim.kernel;

import dev.steelyard.torch.DType;
import dev.steelyard.torch.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Runs an {@link ElementwiseUpdate}. Contiguous float32 tensors in the CPU's memory are gone through once: a block of
 * every stream is copied to an array that stays in the processor's first caches, updated there and copied back. Any
 * other tensor takes the composed way.
 */
public final class OnePass {

    /**
     * Elements of a stream in a block, as measured: smaller blocks lose time at the ends of the vector loop, and copies
     * of 4 KB and more between memory and array go at half the speed.
     */
    public static final int BLOCK = 384;

    private static final int MOST_STREAMS = 5;

    /** One array a thread, as large as an update needs at most. */
    private static final ThreadLocal<float[]> SCRATCH = ThreadLocal.withInitial(() -> new float[MOST_STREAMS * BLOCK]);

    private OnePass() {}

    /** Updates the parameter and the buffers in place, in one pass where the tensors allow. */
    public static void run(ElementwiseUpdate update, Tensor parameter, Tensor gradient, Tensor... buffers) {
        boolean blocks = fits(parameter) && fits(gradient) && buffers.length + 2 <= MOST_STREAMS;
        for (Tensor buffer : buffers) {
            blocks &= fits(buffer);
        }
        if (blocks) {
            blocks(update, parameter, gradient, buffers);
        } else {
            update.composed(parameter, gradient, buffers);
        }
    }

    private static boolean fits(Tensor tensor) {
        return tensor.dtype() == DType.FLOAT32 && !tensor.isCuda() && tensor.isContiguous();
    }

    private static void blocks(ElementwiseUpdate update, Tensor parameter, Tensor gradient, Tensor... buffers) {
        long count = parameter.count();
        MemorySegment[] streams = new MemorySegment[buffers.length + 2];
        streams[0] = parameter.data();
        streams[1] = gradient.data();
        for (int i = 0; i < buffers.length; i++) {
            streams[i + 2] = buffers[i].data();
        }
        float[] scratch = SCRATCH.get();
        for (long start = 0; start < count; start += BLOCK) {
            int length = (int) Math.min(BLOCK, count - start);
            for (int i = 0; i < streams.length; i++) {
                MemorySegment.copy(
                        streams[i], ValueLayout.JAVA_FLOAT, start * Float.BYTES, scratch, i * BLOCK, length);
            }
            update.block(scratch, length);
            for (int i = 0; i < streams.length; i++) {
                if (i != 1) {
                    MemorySegment.copy(
                            scratch, i * BLOCK, streams[i], ValueLayout.JAVA_FLOAT, start * Float.BYTES, length);
                }
            }
        }
    }
}
