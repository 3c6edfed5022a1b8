package dev.steelyard.optim.frugal;

import dev.steelyard.torch.Tensor;

/**
 * Coordinates: whole columns or rows of a matrix, or single entries of the flattened tensor.
 *
 * @param dimension along which is chosen: 1 columns, 0 rows, -1 entries
 * @param indices INT64, those with state
 */
record IndexProjection(int dimension, Tensor indices) implements Projection {

    static final int ENTRIES = -1;

    @Override
    public Tensor project(Tensor gradient) {
        return view(gradient).indexSelect(along(), indices);
    }

    @Override
    public void addLifted(Tensor parameter, Tensor low) {
        view(parameter).indexAddInPlace(along(), indices, low);
    }

    @Override
    public Tensor residual(Tensor gradient, Tensor low) {
        Tensor residual = gradient.copy();
        view(residual).indexCopyInPlace(along(), indices, low.times(0));
        return residual;
    }

    private Tensor view(Tensor tensor) {
        return dimension == ENTRIES ? tensor.reshape(-1) : tensor;
    }

    private int along() {
        return Math.max(dimension, 0);
    }
}
