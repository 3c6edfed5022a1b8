package dev.steelyard.optim.lionk;

import dev.steelyard.optim.kernel.Kernel;
import dev.steelyard.torch.Scope;
import dev.steelyard.torch.Tensor;

/**
 * The sum of the Euclidean norms of the rows, a row being all that shares an index of the first dimension (a neuron's
 * weights); a vector's rows are its elements. Decay bounds the norm of every row by {@code 1 / lambda}.
 */
public record GroupL2() implements RowNormFunction {

    private static final L2 ROW = new L2();

    private static Tensor rows(Tensor z) {
        return z.dimensions() == 0 ? z.reshape(1, 1) : z.reshape(z.size(0), z.count() / z.size(0));
    }

    private static Tensor norms(Tensor rows) {
        return rows.square().sum(1, true).sqrt();
    }

    @Override
    public void requireFits(long... shape) {
        if (shape.length > 0 && shape[0] == 0) {
            throw new IllegalArgumentException("the rows' norms need at least one row");
        }
    }

    @Override
    public double value(Tensor z) {
        try (Scope scope = Scope.open()) {
            return norms(rows(Vectors.precise(z))).sum().item();
        }
    }

    @Override
    public Tensor subgradient(Tensor z) {
        Tensor rows = rows(z);
        Tensor norms = norms(rows);
        // Where the norm is zero the row is zero too, and 0 / 1 is the subgradient wanted.
        Tensor divisor = norms.plus(norms.equalTo(norms.times(0)).to(z.dtype()));
        return rows.over(divisor).reshape(z.shape());
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
        try (Scope scope = Scope.open()) {
            return norms(rows(Vectors.precise(u))).max().item() - 1;
        }
    }

    @Override
    public Tensor project(Tensor u) {
        Tensor rows = rows(u);
        return rows.over(norms(rows).clampMin(1)).reshape(u.shape());
    }

    @Override
    public long rowLength(Tensor z) {
        return z.dimensions() == 0 ? 1 : z.count() / z.size(0);
    }

    @Override
    public double norm(double sum) {
        return ROW.norm(sum);
    }

    @Override
    public Kernel sums(StepLanes step, double[] sums) {
        return ROW.sums(step, sums);
    }

    @Override
    public Kernel loop(StepLanes step, double[] norms) {
        return ROW.loop(step, norms);
    }
}
