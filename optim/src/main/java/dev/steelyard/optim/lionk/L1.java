package dev.steelyard.optim.lionk;

import static dev.steelyard.optim.kernel.BlockPass.DIRECTION;

import dev.steelyard.torch.Tensor;

/** {@code K(z) = sum |z|}: Lion. Decay {@code lambda} bounds {@code max |x|} by {@code 1 / lambda}. */
public record L1() implements SeparableFunction {

    @Override
    public double value(Tensor z) {
        return Vectors.sumAbsolute(z);
    }

    @Override
    public Tensor subgradient(Tensor z) {
        return z.sign();
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
        return Vectors.maxAbsolute(u) - 1;
    }

    @Override
    public Tensor project(Tensor u) {
        return u.clamp(-1, 1);
    }

    @Override
    public void subgradient(float[] block, int length) {
        for (int i = 0; i < length; i++) {
            block[DIRECTION + i] = Math.signum(block[DIRECTION + i]) + 0f;
        }
    }
}
