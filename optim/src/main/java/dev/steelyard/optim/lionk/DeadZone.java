package dev.steelyard.optim.lionk;

import static dev.steelyard.optim.kernel.BlockPass.DIRECTION;

import dev.steelyard.torch.Scope;
import dev.steelyard.torch.Tensor;

/**
 * {@code K(z) = sum max(|z| - e, 0)}: signs of large entries only. Decay bounds {@code max |x|} by {@code 1 / lambda}
 * and adds an l1 penalty.
 *
 * @param e half width of the dead zone, above 0, in the momentum's unit
 */
public record DeadZone(double e) implements SeparableFunction {

    public DeadZone {
        Huber.requirePositive(e);
    }

    @Override
    public double value(Tensor z) {
        try (Scope scope = Scope.open()) {
            return Vectors.precise(z).abs().minus(e).clampMin(0).sum().item();
        }
    }

    @Override
    public Tensor subgradient(Tensor z) {
        return z.sign().times(z.abs().greaterThan(e).to(z.dtype()));
    }

    @Override
    public double conjugate(Tensor u) {
        return inDomain(u) ? e * Vectors.sumAbsolute(u) : Double.POSITIVE_INFINITY;
    }

    @Override
    public Tensor conjugateSubgradient(Tensor u) {
        return u.sign().timesInPlace(e);
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
            // side (side + 1) / 2 is 1 beyond the zone and 0 in it: a comparison would keep the loop scalar.
            float side = Math.signum(Math.abs(z) - width);
            block[DIRECTION + i] = 0.5f * side * (side + 1) * (Math.signum(z) + 0f);
        }
    }
}
