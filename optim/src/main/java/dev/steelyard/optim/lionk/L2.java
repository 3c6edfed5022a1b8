package dev.steelyard.optim.lionk;

import dev.steelyard.optim.kernel.Kernel;
import dev.steelyard.optim.kernel.Lanes;
import dev.steelyard.torch.Scope;
import dev.steelyard.torch.Tensor;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/** {@code K(z) = |z|_2}: normalised momentum. Decay {@code lambda} bounds {@code |x|_2} by {@code 1 / lambda}. */
public record L2() implements RowNormFunction {

    @Override
    public double value(Tensor z) {
        double largest = Vectors.maxAbsolute(z);
        if (largest == 0) {
            return 0;
        }
        try (Scope scope = Scope.open()) {
            // Relative to the largest entry, so that no square under- or overflows.
            return largest
                    * Math.sqrt(Vectors.precise(z).over(largest).square().sum().item());
        }
    }

    @Override
    public Tensor subgradient(Tensor z) {
        double largest = Vectors.maxAbsolute(z);
        if (largest == 0) {
            return z.times(0);
        }
        Tensor scaled = z.over(largest);
        return scaled.over(value(scaled));
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
    public double norm(double sum) {
        return Math.sqrt(sum);
    }

    @Override
    public Kernel sums(StepLanes step, RowSums sums) {
        return new SumLoop(step, sums);
    }

    @Override
    public Kernel loop(StepLanes step, double[] norms) {
        return new Loop(step, norms);
    }

    private record SumLoop(StepLanes step, RowSums sums) implements Kernel {
        @Override
        public void run(MemorySegment[] streams, long from, long to, int row) {
            MemorySegment gradients = streams[1];
            MemorySegment momenta = streams[2];
            FloatVector squares = Lanes.zeros();
            for (long at = from; at < to; at += Lanes.STEP) {
                FloatVector z = step.lookAhead(Lanes.load(momenta, at), Lanes.load(gradients, at));
                squares = squares.add(z.mul(z));
            }
            sums.add(row, Lanes.sum(squares), step, streams, from, to);
        }
    }

    private record Loop(StepLanes step, double[] norms) implements Kernel {
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
                Lanes.store(step.kept(m, g), momenta, at);
                Lanes.store(step.moved(Lanes.load(weights, at), z.div(norm)), weights, at);
            }
        }
    }
}
