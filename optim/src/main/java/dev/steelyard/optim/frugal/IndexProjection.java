package dev.steelyard.optim.frugal;

import dev.steelyard.optim.kernel.Selection;
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

    /** The chosen elements of a contiguous tensor of the CPU, for a pass over its memory. */
    Selection selection(Tensor parameter) {
        return switch (dimension) {
            case 1 -> new Selection(indices, 1, parameter.size(1));
            case 0 -> new Selection(indices, parameter.size(1), parameter.count());
            default -> new Selection(indices, 1, parameter.count());
        };
    }

    /** How many of so many coordinates have state, rounded down. */
    static int chosen(double density, long length) {
        return (int) Math.floor(density * length);
    }

    /** The shape of {@link #project}'s result. */
    long[] lowShape(Tensor parameter) {
        return lowShape(dimension, indices.count(), parameter);
    }

    static long[] lowShape(int dimension, long chosen, Tensor parameter) {
        return switch (dimension) {
            case 1 -> new long[] {parameter.size(0), chosen};
            case 0 -> new long[] {chosen, parameter.size(1)};
            default -> new long[] {chosen};
        };
    }

    @Override
    public void addLifted(Tensor parameter, Tensor low) {
        Tensor view = view(parameter);
        view.indexAddInPlace(along(), indices, low);
        if (dimension == ENTRIES && !parameter.isContiguous()) {
            // The flat form was a copy then.
            parameter.copyInPlace(view.reshape(parameter.shape()));
        }
    }

    @Override
    public Tensor residual(Tensor gradient, Tensor low) {
        Tensor residual = gradient.contiguous().copy();
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
