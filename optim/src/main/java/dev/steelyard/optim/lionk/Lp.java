package dev.steelyard.optim.lionk;

import static dev.steelyard.optim.kernel.BlockPass.DIRECTION;
import static dev.steelyard.optim.kernel.BlockPass.FACTORS;
import static dev.steelyard.optim.kernel.BlockPass.TERMS;

import dev.steelyard.torch.Scope;
import dev.steelyard.torch.Tensor;
import java.util.Arrays;

/**
 * {@code K(z) = |z|_p}: decay bounds the dual norm {@code |x|_q}, {@code 1/p + 1/q = 1}, by {@code 1 / lambda}.
 *
 * @param p exponent, above 1 and finite; for the ends there are {@link L1} and {@link LInfinity}
 */
public record Lp(double p) implements RowNormFunction {

    private static final double LARGEST_BY_PRODUCTS = 4;

    public Lp {
        if (!(p > 1) || Double.isInfinite(p)) {
            throw new IllegalArgumentException(
                    "p must be finite and above 1, was " + p + "; use L1 or LInfinity for" + " the ends");
        }
    }

    @Override
    public double value(Tensor z) {
        return norm(z, p);
    }

    @Override
    public Tensor subgradient(Tensor z) {
        double largest = Vectors.maxAbsolute(z);
        if (largest == 0) {
            return z.times(0);
        }
        // Relative to the largest entry, so that no power under- or overflows.
        Tensor scaled = z.over(largest);
        double norm = norm(scaled, p);
        return scaled.sign().times(scaled.abs().power(p - 1)).over(Math.pow(norm, p - 1));
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
        return norm(u, p / (p - 1)) - 1;
    }

    @Override
    public Tensor project(Tensor u) {
        throw new UnsupportedOperationException(
                "the projection onto a ball of the " + p / (p - 1) + "-norm has no closed form");
    }

    private static double norm(Tensor z, double exponent) {
        double largest = Vectors.maxAbsolute(z);
        if (largest == 0) {
            return 0;
        }
        try (Scope scope = Scope.open()) {
            Tensor scaled = Vectors.precise(z).abs().over(largest);
            return largest * Math.pow(scaled.power(exponent).sum().item(), 1 / exponent);
        }
    }

    @Override
    public long rowLength(Tensor z) {
        return z.count();
    }

    /** Powers of a half are products and roots; others have no vector instruction. */
    @Override
    public boolean hasBlocks() {
        return 2 * p == Math.rint(2 * p) && p <= LARGEST_BY_PRODUCTS;
    }

    @Override
    public void terms(float[] block, int length) {
        for (int i = 0; i < length; i++) {
            block[FACTORS + i] = Math.abs(block[DIRECTION + i]);
        }
        Arrays.fill(block, TERMS, TERMS + length, 1f);
        timesPower(block, TERMS, FACTORS, p, length);
    }

    @Override
    public double norm(double sum) {
        return Math.pow(sum, 1 / p);
    }

    @Override
    public void subgradient(float[] block, int length) {
        for (int i = 0; i < length; i++) {
            block[TERMS + i] = Math.abs(block[DIRECTION + i]) / block[FACTORS + i];
        }
        for (int i = 0; i < length; i++) {
            block[DIRECTION + i] = Math.signum(block[DIRECTION + i]) + 0f;
        }
        timesPower(block, DIRECTION, TERMS, p - 1, length);
    }

    /** Multiplies one slot by a power, a multiple of a half, of another. */
    private static void timesPower(float[] block, int slot, int base, double exponent, int length) {
        int halves = (int) Math.rint(2 * exponent);
        if (halves % 2 == 1) {
            for (int i = 0; i < length; i++) {
                block[slot + i] *= (float) Math.sqrt(block[base + i]);
            }
        }
        for (int whole = 0; whole < halves / 2; whole++) {
            for (int i = 0; i < length; i++) {
                block[slot + i] *= block[base + i];
            }
        }
    }
}
