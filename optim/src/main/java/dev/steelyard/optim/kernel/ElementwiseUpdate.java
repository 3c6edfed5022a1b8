package dev.steelyard.optim.kernel;

import dev.steelyard.torch.Tensor;

/**
 * An update in which an element of the parameter depends on nothing but the elements at its place in the gradient and
 * in the buffers. It is written twice: as a loop over vectors, which is one pass over memory, and in tensor operations,
 * for any type and device. {@link OnePass} chooses.
 */
public interface ElementwiseUpdate {

    /**
     * The update as a loop. Slot 0 holds the parameter, 1 the gradient, 2 and on the buffers; the gradient stays as it
     * is. May be called only where {@link Pass#available}.
     */
    Kernel kernel();

    /**
     * The same update in tensor operations, which leaves the gradient as it is.
     *
     * @param parameter changed in place
     * @param gradient of the parameter's shape
     * @param buffers changed in place, of the parameter's shape
     */
    void composed(Tensor parameter, Tensor gradient, Tensor... buffers);
}
