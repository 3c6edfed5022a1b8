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

    private Tensor rows(Tensor z) {
        return z.reshape(z.count() == 0 ? 0 : z.count() / rowLength(z), rowLength(z));
    }

    private static Tensor norms(Tensor rows) {
        Tensor largest = largest(rows);
        return rows.over(nonZero(largest)).square().sum(1, true).sqrt().times(largest);
    }

    /** The largest magnitude of each row, to which it is taken relative, so that no square under- or overflows. */
    private static Tensor largest(Tensor rows) {
        Tensor magnitudes = rows.abs();
        return rows.count() == 0
                ? magnitudes.sum(1, true)
                : magnitudes.gather(1, magnitudes.argmax().unsqueeze(1));
    }

    /** Ones in the place of zeros. */
    private static Tensor nonZero(Tensor numbers) {
        return numbers.plus(numbers.equalTo(numbers.times(0)).to(numbers.dtype()));
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
        // A row of zeros is its own subgradient.
        Tensor scaled = rows.over(nonZero(largest(rows)));
        return scaled.over(nonZero(norms(scaled))).reshape(z.shape());
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
            return Vectors.maxAbsolute(norms(rows(Vectors.precise(u)))) - 1;
        }
    }

    @Override
    public Tensor project(Tensor u) {
        Tensor rows = rows(u);
        return rows.over(norms(rows).clampMin(1)).reshape(u.shape());
    }

    @Override
    public long rowLength(Tensor z) {
        return z.count() == 0 || z.dimensions() == 0 ? 1 : z.count() / z.size(0);
    }

    @Override
    public double norm(double sum) {
        return ROW.norm(sum);
    }

    @Override
    public Kernel sums(StepLanes step, RowSums sums) {
        return ROW.sums(step, sums);
    }

    @Override
    public Kernel loop(StepLanes step, double[] norms) {
        return ROW.loop(step, norms);
    }
}
