package dev.steelyard.optim.kernel;

import dev.steelyard.torch.DType;
import dev.steelyard.torch.Tensor;

/**
 * Runs an {@link ElementwiseUpdate}: contiguous float32 tensors in the CPU's memory are gone through once, block by
 * block; any other tensor takes the composed way.
 */
public final class OnePass {

    /** Elements of a stream in a block. */
    public static final int BLOCK = BlockPass.BLOCK;

    private static final int MOST_BUFFERS = 3;

    private OnePass() {}

    /** Updates the parameter and the buffers in place, in one pass where the tensors allow. */
    public static void run(ElementwiseUpdate update, Tensor parameter, Tensor gradient, Tensor... buffers) {
        boolean blocks = fits(parameter) && fits(gradient) && buffers.length <= MOST_BUFFERS;
        for (Tensor buffer : buffers) {
            blocks &= fits(buffer);
        }
        if (!blocks) {
            update.composed(parameter, gradient, buffers);
            return;
        }
        Tensor[] streams = new Tensor[buffers.length + 2];
        streams[0] = parameter;
        streams[1] = gradient;
        BlockPass pass = new BlockPass(fill(streams, buffers)).writing(0);
        for (int i = 0; i < buffers.length; i++) {
            pass.writing(i + 2);
        }
        pass.run((block, start, length) -> update.block(block, length));
    }

    private static Tensor[] fill(Tensor[] streams, Tensor... buffers) {
        System.arraycopy(buffers, 0, streams, 2, buffers.length);
        return streams;
    }

    /** Whether a tensor's memory can be gone through: contiguous float32 on the CPU. */
    public static boolean fits(Tensor tensor) {
        return tensor.dtype() == DType.FLOAT32 && BlockPass.fits(tensor);
    }

    /** Runs steps in tensor operations alone, also where a pass would do: to measure what passes save, and to test. */
    public static void composed(Runnable steps) {
        ScopedValue.where(BlockPass.COMPOSED, true).run(steps);
    }
}
