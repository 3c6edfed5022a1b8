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

    @Override
    public Tensor project(Tensor gradient) {
        Tensor low = left == null ? gradient : left.t().matmul(gradient);
        return right == null ? low : low.matmul(right.t());
    }

    @Override
    public void addLifted(Tensor parameter, Tensor low) {
        parameter.addInPlace(lift(low));
    }

    @Override
    public Tensor residual(Tensor gradient, Tensor low) {
        Tensor residual = gradient.minus(lift(low));
        // The sign rule would turn rounding noise into full steps.
        double noise = gradient.dtype() == DType.FLOAT64 ? FLOAT64_NOISE : FLOAT32_NOISE;
        double threshold = noise * gradient.abs().max().item();
        return residual.timesInPlace(residual.abs().greaterThan(threshold).to(residual.dtype()));
    }

    private Tensor lift(Tensor low) {
        Tensor lifted = left == null ? low : left.matmul(low);
        return right == null ? lifted : lifted.matmul(right);
    }
}
