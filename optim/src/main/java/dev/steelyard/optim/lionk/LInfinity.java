package dev.steelyard.optim.lionk;

import dev.steelyard.torch.Tensor;

/**
 * {@code K(z) = max |z|}: each step moves towards one vertex of the l1 ball, as in Frank-Wolfe. Decay bounds
 * {@code |x|_1} by {@code 1 / lambda}. Of equal entries the first is taken.
 */
public record LInfinity() implements ConvexFunction {

    @Override
    public double value(Tensor z) {
        return Vectors.maxAbsolute(z);
    }

    @Override
    public Tensor subgradient(Tensor z) {
        if (z.count() == 0) {
            return z.copy();
        }
        Tensor flat = z.reshape(z.count());
        Tensor position = flat.abs().argmax().reshape(1);
        Tensor vertex = flat.copy()
                .fillInPlace(0)
                .indexCopyInPlace(0, position, flat.indexSelect(0, position).sign());
        return vertex.reshape(z.shape());
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
        return Vectors.sumAbsolute(u) - 1;
    }

    @Override
    public Tensor project(Tensor u) {
        double[] values = u.toDoubles();
        double[] magnitudes = new double[values.length];
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            magnitudes[i] = Math.abs(values[i]);
            sum += magnitudes[i];
        }
        if (sum <= 1) {
            return u.copy();
        }
        double[] onSimplex = Simplex.project(magnitudes);
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.copySign(onSimplex[i], values[i]);
        }
        return Vectors.like(u, values);
    }
}
