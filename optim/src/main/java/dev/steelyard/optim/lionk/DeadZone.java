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
                VectorMask<Float> inside = z.abs().compare(VectorOperators.LE, width);
                FloatVector d = Lanes.sign(z).blend(0f, inside);
                Lanes.store(step.kept(m, g), momenta, at);
                Lanes.store(step.moved(Lanes.load(weights, at), d), weights, at);
            }
        }
    }
}
