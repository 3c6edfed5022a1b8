package dev.steelyard.optim.lionk;

import dev.steelyard.torch.Tensor;

/**
 * {@code K(z) = z.z / 2}: stochastic gradient descent with Polyak's or Nesterov's momentum. Decay is a ridge penalty.
 */
public record HalfSquare() implements SeparableFunction {

    @Override
    public double value(Tensor z) {
        return Vectors.dot(z, z) / 2;
    }

    @Override
    public Tensor subgradient(Tensor z) {
        return z.copy();
    }

    @Override
    public double conjugate(Tensor u) {
        return value(u);
    }

    @Override
    public Tensor conjugateSubgradient(Tensor u) {
        return u.copy();
    }

    @Override
    public double domainExcess(Tensor u) {
        return Double.NEGATIVE_INFINITY;
    }

    @Override
    public Tensor project(Tensor u) {
        return u.copy();
    }

    @Override
    public void subgradient(float[] block, int length) {
        // z is its own.
    }
}
