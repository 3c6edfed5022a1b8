package dev.steelyard.optim.lionk;

import static dev.steelyard.optim.kernel.BlockPass.DIRECTION;

import dev.steelyard.torch.Scope;
import dev.steelyard.torch.Tensor;

/**
 * Huber's function, {@code z^2 / (2e)} up to {@code e} and {@code |z| - e/2} beyond, summed: Lion with a linear part
 * near zero. Decay bounds {@code max |x|} by {@code 1 / lambda} and adds a ridge penalty.
 *
 * @param e half width of the quadratic part, above 0, in the momentum's unit
 */
public record Huber(double e) implements SeparableFunction {

    public Huber {
        requirePositive(e);
    }

    static void requirePositive(double e) {
        if (!(e > 0) || Double.isInfinite(e)) {
            throw new IllegalArgumentException("e must be finite and above 0, was " + e);
        }
    }

    @Override
    public double value(Tensor z) {
        try (Scope scope = Scope.open()) {
            Tensor magnitude = Vectors.precise(z).abs();
            Tensor inner = magnitude.clamp(0, e);
            return inner.square().over(2 * e).plus(magnitude.minus(inner)).sum().item();
        }
    }

    @Override
    public Tensor subgradient(Tensor z) {
        return z.over(e).clamp(-1, 1);
    }

    @Override
    public double conjugate(Tensor u) {
        return inDomain(u) ? e / 2 * Vectors.dot(u, u) : Double.POSITIVE_INFINITY;
    }

    @Override
    public Tensor conjugateSubgradient(Tensor u) {
        return u.times(e);
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
        float width = (float) e;
        for (int i = 0; i < length; i++) {
            float z = block[DIRECTION + i];
            float side = Math.signum(Math.abs(z) - width);
            float outside = 0.5f * side * (side + 1);
            block[DIRECTION + i] = (1 - outside) * z / width + outside * (Math.signum(z) + 0f);
        }
    }
}
