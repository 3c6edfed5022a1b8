package dev.steelyard.optim.lionk;

import dev.steelyard.optim.kernel.Kernel;
import dev.steelyard.optim.kernel.Lanes;
import dev.steelyard.torch.Tensor;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/** {@code K(z) = sum |z|}: Lion. Decay {@code lambda} bounds {@code max |x|} by {@code 1 / lambda}. */
public record L1() implements SeparableFunction {

    @Override
    public double value(Tensor z) {
        return Vectors.sumAbsolute(z);
    }

    @Override
    public Tensor subgradient(Tensor z) {
        return z.sign();
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
        return Vectors.maxAbsolute(u) - 1;
    }

    @Override
    public Tensor project(Tensor u) {
        return u.clamp(-1, 1);
    }

    @Override
    public Kernel loop(StepLanes step) {
        return new Loop(step);
    }

    private record Loop(StepLanes step) implements Kernel {
        @Override
        public void run(MemorySegment[] streams, long from, long to, int row) {
            MemorySegment weights = streams[0];
            MemorySegment gradients = streams[1];
            MemorySegment momenta = streams[2];
            for (long at = from; at < to; at += Lanes.STEP) {
                FloatVector g = Lanes.load(gradients, at);
                FloatVector m = Lanes.load(momenta, at);
                FloatVector z = step.lookAhead(m, g);
                Lanes.store(step.kept(m, g), momenta, at);
                Lanes.store(step.moved(Lanes.load(weights, at), Lanes.sign(z)), weights, at);
            }
        }
    }
}
