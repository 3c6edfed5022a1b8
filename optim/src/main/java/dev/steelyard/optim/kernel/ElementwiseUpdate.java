package dev.steelyard.optim.kernel;

import dev.steelyard.torch.Tensor;

/**
 * An update in which an element of the parameter depends on nothing but the elements at its place in the gradient and
 * in the buffers. It is written twice: over blocks of floats, which is one pass over memory, and in tensor operations,
 * for any type and device. {@link OnePass} chooses.
 */
public interface ElementwiseUpdate {

    /**
     * Updates a block. All streams lie in one array, since C2 turns a loop into vector instructions only where it can
     * tell that its streams do not overlap, and offsets that are constants tell it: the parameter's elements begin at
     * 0, the gradient's at {@link OnePass#BLOCK}, the first buffer's at {@code 2 * OnePass.BLOCK}, and so on. The
     * gradient's part may be used as scratch.
     *
     * <p>A loop should use a value that it loads in one product only: where two products take it (Lion's two means of
     * momentum and gradient), C2 pairs the wrong ones and leaves the loop scalar, which is six times slower. Two loops
     * over a block are cheap, since the block is in the first cache. Nor should a loop call anything but the intrinsics
     * of {@link Math}: where two updates share a process, C2 inlines the second before that has run, and leaves its calls
     * as calls, which is ten times slower. So loops write {@link Sign#of} out.
     *
     * @param block the streams
     * @param length elements of each stream, at most {@link OnePass#BLOCK}
     */
    void block(float[] block, int length);

    /**
     * The same update in tensor operations, which leaves the gradient as it is.
     *
     * @param parameter changed in place
     * @param gradient of the parameter's shape
     * @param buffers changed in place, of the parameter's shape
     */
    void composed(Tensor parameter, Tensor gradient, Tensor... buffers);
}
