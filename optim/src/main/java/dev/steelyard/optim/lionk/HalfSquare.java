package dev.steelyard.optim.lionk;

import dev.steelyard.optim.kernel.Kernel;
import dev.steelyard.optim.kernel.Lanes;
import dev.steelyard.torch.Tensor;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/**
 * {@code K(z) = z.z / 2}: stochastic gradient descent with Polyak's or Nesterov's momentum. Decay is a ridge penalty.
 */
public record HalfSquare() implements SeparableFunction {

    @Override
    public double value(Tensor z) {
        return Vectors.dot(z, z) / 2;
    }

    @Override
    public Tensor subgradient(Tensor z) {
        return z.copy();
    }

    @Override
    public double conjugate(Tensor u) {
        return value(u);
    }

    @Override
    public Tensor conjugateSubgradient(Tensor u) {
        return u.copy();
    }

    @Override
    public double domainExcess(Tensor u) {
        return Double.NEGATIVE_INFINITY;
    }

    @Override
    public Tensor project(Tensor u) {
        return u.copy();
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
                Lanes.store(step.moved(Lanes.load(weights, at), z), weights, at);
            }
        }
    }
}
