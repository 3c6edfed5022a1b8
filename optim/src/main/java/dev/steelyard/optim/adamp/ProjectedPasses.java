package dev.steelyard.optim.adamp;

import dev.steelyard.optim.kernel.Kernel;
import dev.steelyard.optim.kernel.OnePass;
import dev.steelyard.optim.kernel.Pass;
import dev.steelyard.torch.Tensor;

/**
 * A projected step over float32 memory in two passes. The first advances the buffers and gathers the inner products,
 * the second computes the update again, takes off its part along the weight and moves the weight: nothing of the
 * weight's size is allocated.
 *
 * @param direction the update
 * @param projection the test
 * @param learningRate factor of the update, bias correction included
 * @param shrinkProjected factor of the weight before the step if the update was projected
 * @param shrink the same if it was not
 */
record ProjectedPasses(
        Direction direction, Projection projection, double learningRate, double shrinkProjected, double shrink) {

    /** Whether these tensors can be gone through. */
    static boolean fit(Tensor weight, Tensor gradient, Tensor... buffers) {
        return OnePass.fits(weight, gradient, buffers) && weight.count() > 0 && Pass.fitsRows(rowLength(weight));
    }

    private static int rows(Tensor weight) {
        return weight.dimensions() < 2 ? 1 : Math.toIntExact(weight.size(0));
    }

    private static long rowLength(Tensor weight) {
        return weight.count() / rows(weight);
    }

    /** Makes the step and tells by which view it was projected. */
    View step(Tensor weight, Tensor gradient, Tensor... buffers) {
        long rowLength = rowLength(weight);
        RowProducts products = new RowProducts(projection, rows(weight), rowLength);
        OnePass.over(weight, gradient, buffers).inPieces().runByRows(rowLength, direction.advance(products));
        View view = weight.dimensions() < 2 ? View.NONE : products.view();
        double shrunk = view == View.NONE ? shrink : shrinkProjected;
        Kernel move = direction.move(new Direction.Move(learningRate, shrunk, products.along(view)));
        Pass second = OnePass.over(weight, direction.readsGradientAgain() ? gradient : null, buffers);
        second.writing(0).runByRows(rowLength, move);
        return view;
    }
}
