package dev.steelyard.optim.frugal;

import dev.steelyard.torch.DType;
import dev.steelyard.torch.Tensor;

/**
 * Directions: {@code P(G) = A^T G B^T} with A (rows, R) of orthonormal columns and B (R, columns) of orthonormal rows;
 * either may be absent.
 */
record LowRankProjection(Tensor left, Tensor right, boolean isComplete) implements Projection {

    private static final double FLOAT32_NOISE = 1e-6;
    private static final double FLOAT64_NOISE = 1e-12;

    /**
     * {@inheritDoc} With singular vectors on both sides the choice's own gradient becomes diagonal; what rounding leaves
     * beside the diagonal is 0, since Adam and Lion would turn it into full steps.
     */
    @Override
    public Tensor project(Tensor gradient) {
        Tensor low = left == null ? gradient : left.t().matmul(gradient);
        if (right == null) {
            return low;
        }
        Tensor both = low.matmul(right.t());
        return left == null ? both : withoutNoise(both, gradient);
    }

    @Override
    public void addLifted(Tensor parameter, Tensor low) {
        parameter.addInPlace(lift(low));
    }

    @Override
    public Tensor residual(Tensor gradient, Tensor low) {
        // The sign rule would turn rounding noise into full steps.
        return withoutNoise(gradient.minus(lift(low)), gradient);
    }

    /** Zeros, in place, what is as small beside the gradient as its rounding. */
    private static Tensor withoutNoise(Tensor tensor, Tensor gradient) {
        double noise = gradient.dtype() == DType.FLOAT64 ? FLOAT64_NOISE : FLOAT32_NOISE;
        double threshold = noise * gradient.abs().max().item();
        return tensor.timesInPlace(tensor.abs().greaterThan(threshold).to(tensor.dtype()));
    }

    private Tensor lift(Tensor low) {
        Tensor lifted = left == null ? low : left.matmul(low);
        return right == null ? lifted : lifted.matmul(right);
    }
}
