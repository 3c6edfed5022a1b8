package dev.steelyard.optim.lionk;

import static dev.steelyard.optim.kernel.BlockPass.DIRECTION;
import static dev.steelyard.optim.kernel.BlockPass.FACTORS;
import static dev.steelyard.optim.kernel.BlockPass.TERMS;

import dev.steelyard.torch.Tensor;

/** {@code K(z) = |z|_2}: normalised momentum. Decay {@code lambda} bounds {@code |x|_2} by {@code 1 / lambda}. */
public record L2() implements RowNormFunction {

    @Override
    public double value(Tensor z) {
        return Math.sqrt(Vectors.dot(z, z));
    }

    @Override
    public Tensor subgradient(Tensor z) {
        double norm = value(z);
        return norm == 0 ? z.times(0) : z.over(norm);
    }

    @Override
    public double conjugate(Tensor u) {
        return inDomain(u) ? 0 : Double.POSITIVE_INFINITY;
    }

    @Override
    public Tensor conjugateSubgradient(Tensor u) {
        return u.times(0);
    }

    @Override
    public double domainExcess(Tensor u) {
        return value(u) - 1;
    }

    @Override
    public Tensor project(Tensor u) {
        return u.over(Math.max(1, value(u)));
    }

    @Override
    public long rowLength(Tensor z) {
        return z.count();
    }

    @Override
    public void terms(float[] block, int length) {
        for (int i = 0; i < length; i++) {
            block[TERMS + i] = block[DIRECTION + i] * block[DIRECTION + i];
        }
    }

    @Override
    public double norm(double sum) {
        return Math.sqrt(sum);
    }

    @Override
    public void subgradient(float[] block, int length) {
        for (int i = 0; i < length; i++) {
            block[DIRECTION + i] /= block[FACTORS + i];
        }
    }
}
