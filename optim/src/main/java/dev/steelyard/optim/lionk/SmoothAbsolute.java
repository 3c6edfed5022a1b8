package dev.steelyard.optim.lionk;

import dev.steelyard.optim.kernel.Kernel;
import dev.steelyard.optim.kernel.Lanes;
import dev.steelyard.torch.Scope;
import dev.steelyard.torch.Tensor;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * {@code K(z) = sum sqrt(z^2 + e^2)}: relativistic momentum, a smooth Lion. Decay bounds {@code max |x|} by
 * {@code 1 / lambda}.
 *
 * @param e width of the rounding, above 0, in the momentum's unit
 */
public record SmoothAbsolute(double e) implements SeparableFunction {

    private static final double LARGE = 1e15;

    /** From here on a width below {@link #LARGE} is lost in rounding. */
    private static final float FAR = 1e18f;

    public SmoothAbsolute {
        Huber.requirePositive(e);
    }

    @Override
    public double value(Tensor z) {
        try (Scope scope = Scope.open()) {
            return length(Vectors.precise(z)).sum().item();
        }
    }

    @Override
    public Tensor subgradient(Tensor z) {
        return z.over(length(z));
    }

    /** {@code sqrt(z^2 + e^2)}, taken relative to the larger of the two, so that no square under- or overflows. */
    private Tensor length(Tensor z) {
        Tensor larger = z.abs().clampMin(e);
        Tensor width = z.times(0).plus(e);
        return z.over(larger).square().plus(width.over(larger).square()).sqrt().times(larger);
    }

    @Override
    public double conjugate(Tensor u) {
        if (!inDomain(u)) {
            return Double.POSITIVE_INFINITY;
        }
        try (Scope scope = Scope.open()) {
            return -e * slack(Vectors.precise(u)).sum().item();
        }
    }

    /** {@code e u / sqrt(1 - u^2)}; infinite on the domain's edge, where K* has no subgradient. */
    @Override
    public Tensor conjugateSubgradient(Tensor u) {
        return u.times(e).over(slack(u));
    }

    private static Tensor slack(Tensor u) {
        return u.square().negative().plus(1).clampMin(0).sqrt();
    }

    @Override
    public double domainExcess(Tensor u) {
        return Vectors.maxAbsolute(u) - 1;
    }

    @Override
    public Tensor project(Tensor u) {
        return u.clamp(-1, 1);
    }

    /** Where the squares of e and of what is not far larger stay within a float. */
    @Override
    public boolean hasLoop() {
        return e > 1 / LARGE && e < LARGE;
    }

    @Override
    public Kernel loop(StepLanes step) {
        return new Loop(step, (float) (e * e));
    }

    private record Loop(StepLanes step, float squaredWidth) implements Kernel {
        @Override
        public void run(MemorySegment[] streams, long from, long to, int row) {
            MemorySegment weights = streams[0];
            MemorySegment gradients = streams[1];
            MemorySegment momenta = streams[2];
            for (long at = from; at < to; at += Lanes.STEP) {
                FloatVector g = Lanes.load(gradients, at);
                FloatVector m = Lanes.load(momenta, at);
                FloatVector z = step.lookAhead(m, g);
                FloatVector d = z.div(z.mul(z).add(squaredWidth).sqrt());
                d = d.blend(Lanes.sign(z), z.abs().compare(VectorOperators.GT, FAR));
                Lanes.store(step.kept(m, g), momenta, at);
                Lanes.store(step.moved(Lanes.load(weights, at), d), weights, at);
            }
        }
    }
}
