package dev.steelyard.optim.adamp;

import dev.steelyard.torch.DType;
import dev.steelyard.torch.NoGrad;
import dev.steelyard.torch.Scope;
import dev.steelyard.torch.Tensor;

/**
 * Takes the part along the weight out of an update, if the weight looks scale-invariant.
 *
 * <p>A loss that does not change with the length of a row {@code w_r} has a gradient at right angles to it. So the
 * test is whether {@code |cos(g_r, w_r)| < delta / sqrt(n)} for every row of length {@code n}, first with the rows of
 * the first dimension, then with the whole tensor as one row; the first view that passes is projected, all its rows:
 * {@code p_r = p_r - d <d, p_r>} with {@code d = w_r / (|w_r| + eps)}. Tensors of less than two dimensions are never
 * projected.
 *
 * <p>Section 3 of the paper (arXiv 2006.08217); order, strictness and eps as in its code.
 *
 * @param delta at least 0; a random direction passes at 0.1 with a probability of about 0.08 a row
 * @param eps above 0; keeps rows of zeros, which pass and stay as they are
 */
public record Projection(double delta, double eps) {

    public Projection {
        Bounds.requireNotNegative("delta", delta);
        Bounds.requirePositive("eps", eps);
    }

    /**
     * Projects an update in place, if the test passes.
     *
     * @param weight the weight before the step
     * @param gradient the plain gradient of this step, of the weight's shape
     * @param update what is to be projected, of the weight's shape
     * @return the view that was projected
     */
    public View project(Tensor weight, Tensor gradient, Tensor update) {
        if (weight.dimensions() < 2 || weight.count() == 0) {
            return View.NONE;
        }
        try (Scope scope = Scope.open();
                NoGrad noGrad = NoGrad.open()) {
            for (View view : new View[] {View.CHANNEL, View.LAYER}) {
                Tensor rows = rows(weight, view);
                Tensor norms = norms(rows);
                if (largestCosine(rows, norms, rows(gradient, view)) < threshold(rows.size(1))) {
                    Tensor directions = rows.over(norms.plus(eps));
                    Tensor along = directions.times(rows(update, view)).sum(1, true);
                    Tensor removed = directions.times(along).reshape(update.shape());
                    update.addInPlace(removed.to(update.dtype()), -1);
                    return view;
                }
            }
            return View.NONE;
        }
    }

    /** What the cosine of every row of this length must be below. */
    double threshold(long rowLength) {
        return delta / Math.sqrt(rowLength);
    }

    private double largestCosine(Tensor weights, Tensor weightNorms, Tensor gradients) {
        Tensor products = weights.times(gradients).sum(1, true).abs();
        Tensor lengths = norms(gradients).times(weightNorms).clampMin(eps);
        return products.over(lengths).max().item();
    }

    private static Tensor norms(Tensor rows) {
        return rows.square().sum(1, true).sqrt();
    }

    /** The tensor as a matrix of the view's rows; half precision is widened, since squares would leave its range. */
    private static Tensor rows(Tensor tensor, View view) {
        Tensor matrix = tensor.reshape(view == View.CHANNEL ? tensor.size(0) : 1, -1);
        return matrix.dtype().bytes() < DType.FLOAT32.bytes() ? matrix.to(DType.FLOAT32) : matrix;
    }
}
