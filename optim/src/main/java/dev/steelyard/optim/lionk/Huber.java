package dev.steelyard.optim.lionk;

import dev.steelyard.optim.kernel.Kernel;
import dev.steelyard.optim.kernel.Lanes;
import dev.steelyard.torch.Scope;
import dev.steelyard.torch.Tensor;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

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
    public Kernel loop(StepLanes step) {
        return new Loop(step, (float) e);
    }

    private record Loop(StepLanes step, float width) implements Kernel {
        @Override
        public void run(MemorySegment[] streams, long from, long to, int row) {
            MemorySegment weights = streams[0];
            MemorySegment gradients = streams[1];
            MemorySegment momenta = streams[2];
            for (long at = from; at < to; at += Lanes.STEP) {
                FloatVector g = Lanes.load(gradients, at);
                FloatVector m = Lanes.load(momenta, at);
                FloatVector z = step.lookAhead(m, g);
                VectorMask<Float> outside = z.abs().compare(VectorOperators.GT, width);
                FloatVector d = z.div(width).blend(Lanes.sign(z), outside);
                Lanes.store(step.kept(m, g), momenta, at);
                Lanes.store(step.moved(Lanes.load(weights, at), d), weights, at);
            }
        }
    }
}
