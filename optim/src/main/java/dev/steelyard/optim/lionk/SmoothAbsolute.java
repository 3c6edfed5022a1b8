package dev.steelyard.optim.lionk;

import static dev.steelyard.optim.kernel.BlockPass.DIRECTION;

import dev.steelyard.torch.Scope;
import dev.steelyard.torch.Tensor;

/**
 * {@code K(z) = sum sqrt(z^2 + e^2)}: relativistic momentum, a smooth Lion. Decay bounds {@code max |x|} by
 * {@code 1 / lambda}.
 *
 * @param e width of the rounding, above 0, in the momentum's unit
 */
public record SmoothAbsolute(double e) implements SeparableFunction {

    public SmoothAbsolute {
        Huber.requirePositive(e);
    }

    @Override
    public double value(Tensor z) {
        try (Scope scope = Scope.open()) {
            return Vectors.precise(z).square().plus(e * e).sqrt().sum().item();
        }
    }

    @Override
    public Tensor subgradient(Tensor z) {
        return z.over(z.square().plus(e * e).sqrt());
    }

    @Override
    public double conjugate(Tensor u) {
        if (!inDomain(u)) {
            return Double.POSITIVE_INFINITY;
        }
        try (Scope scope = Scope.open()) {
            return -e * slack(Vectors.precise(u)).sum().item();
        }
    }

    /** {@code e u / sqrt(1 - u^2)}; infinite on the domain's edge, where K* has no subgradient. */
    @Override
    public Tensor conjugateSubgradient(Tensor u) {
        return u.times(e).over(slack(u));
    }

    private static Tensor slack(Tensor u) {
        return u.square().negative().plus(1).clampMin(0).sqrt();
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
        float squaredWidth = (float) (e * e);
        for (int i = 0; i < length; i++) {
            float z = block[DIRECTION + i];
            block[DIRECTION + i] = z / (float) Math.sqrt(z * z + squaredWidth);
        }
    }
}
