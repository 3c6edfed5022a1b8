package dev.steelyard.optim.kernel;

import dev.steelyard.torch.DType;
import dev.steelyard.torch.Tensor;

/**
 * Runs an {@link ElementwiseUpdate}: contiguous float32 tensors in the CPU's memory are gone through once; any other
 * tensor takes the composed way.
 */
public final class OnePass {

    private static final int MOST_BUFFERS = 3;

    private OnePass() {}

    /** Updates the parameter and the buffers in place, in one pass where the tensors allow. */
    public static void run(ElementwiseUpdate update, Tensor parameter, Tensor gradient, Tensor... buffers) {
        if (!fits(parameter, gradient, buffers)) {
            update.composed(parameter, gradient, buffers);
            return;
        }
        over(parameter, gradient, buffers).writing(0).run(update.kernel());
    }

    /** The pass over parameter, gradient and buffers in this order that writes the buffers. */
    public static Pass over(Tensor parameter, Tensor gradient, Tensor... buffers) {
        Tensor[] streams = new Tensor[buffers.length + 2];
        streams[0] = parameter;
        streams[1] = gradient;
        System.arraycopy(buffers, 0, streams, 2, buffers.length);
        Pass pass = new Pass(streams);
        for (int i = 0; i < buffers.length; i++) {
            pass.writing(i + 2);
        }
        return pass;
    }

    /** Whether the memory of all can be gone through: contiguous float32 on the CPU, at most three buffers. */
    public static boolean fits(Tensor parameter, Tensor gradient, Tensor... buffers) {
        boolean fits = buffers.length <= MOST_BUFFERS && fits(parameter) && fits(gradient);
        for (Tensor buffer : buffers) {
            fits &= fits(buffer);
        }
        return fits;
    }

    private static boolean fits(Tensor tensor) {
        return tensor.dtype() == DType.FLOAT32 && Pass.fits(tensor);
    }

    /** Runs steps in tensor operations alone, also where a pass would do: to measure what passes save, and to test. */
    public static void composed(Runnable steps) {
        ScopedValue.where(Pass.COMPOSED, true).run(steps);
    }
}
