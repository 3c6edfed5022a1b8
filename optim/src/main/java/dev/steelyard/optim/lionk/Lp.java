package dev.steelyard.optim.lionk;

import dev.steelyard.optim.kernel.Kernel;
import dev.steelyard.optim.kernel.Lanes;
import dev.steelyard.torch.Scope;
import dev.steelyard.torch.Tensor;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

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
        return Vectors.like(u, NormBall.project(u.toDoubles(), p / (p - 1)));
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
    public boolean hasLoops() {
        return 2 * p == Math.rint(2 * p) && p <= LARGEST_BY_PRODUCTS;
    }

    @Override
    public double norm(double sum) {
        return Math.pow(sum, 1 / p);
    }

    @Override
    public Kernel sums(StepLanes step, RowSums sums) {
        return new SumLoop(step, sums, (int) Math.rint(2 * p));
    }

    @Override
    public Kernel loop(StepLanes step, double[] norms) {
        return new Loop(step, norms, (int) Math.rint(2 * p) - 2);
    }

    private record SumLoop(StepLanes step, RowSums sums, int halves) implements Kernel {
        @Override
        public void run(MemorySegment[] streams, long from, long to, int row) {
            MemorySegment gradients = streams[1];
            MemorySegment momenta = streams[2];
            FloatVector powers = Lanes.zeros();
            for (long at = from; at < to; at += Lanes.STEP) {
                powers = powers.add(Loop.power(
                        step.lookAhead(Lanes.load(momenta, at), Lanes.load(gradients, at))
                                .abs(),
                        halves));
            }
            sums.add(row, Lanes.sum(powers), step, streams, from, to);
        }
    }

    private record Loop(StepLanes step, double[] norms, int halves) implements Kernel {
        @Override
        public void run(MemorySegment[] streams, long from, long to, int row) {
            MemorySegment weights = streams[0];
            MemorySegment gradients = streams[1];
            MemorySegment momenta = streams[2];
            float norm = (float) norms[row];
            for (long at = from; at < to; at += Lanes.STEP) {
                FloatVector g = Lanes.load(gradients, at);
                FloatVector m = Lanes.load(momenta, at);
                FloatVector z = step.lookAhead(m, g);
                FloatVector d = Lanes.sign(z).mul(power(z.abs().div(norm), halves));
                Lanes.store(step.kept(m, g), momenta, at);
                Lanes.store(step.moved(Lanes.load(weights, at), d), weights, at);
            }
        }

        /** A power from a half to four, as roots and products. */
        private static FloatVector power(FloatVector base, int halves) {
            FloatVector power = (halves & 1) == 1 ? base.sqrt() : base;
            for (int have = 2 - (halves & 1); have < halves; have += 2) {
                power = power.mul(base);
            }
            return power;
        }
    }
}
