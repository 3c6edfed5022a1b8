package dev.steelyard.optim.kernel;

import dev.steelyard.torch.Tensor;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/**
 * Gradient descent with a momentum buffer.
 *
 * <pre>
 * g = g + coupledDecay w
 * m = keep m + take g
 * w = shrink w - learningRate (nesterov ? g + momentum m : m)
 * </pre>
 *
 * @param keep factor of the momentum
 * @param take factor of the gradient in the momentum
 * @param momentumWeight factor of the new momentum in the step
 * @param gradientWeight factor of the gradient in the step
 * @param coupledDecay factor of the parameter in its gradient
 * @param shrink factor of the parameter before the step
 */
public record MomentumUpdate(
        double keep, double take, double momentumWeight, double gradientWeight, double coupledDecay, double shrink)
        implements ElementwiseUpdate {

    @Override
    public Kernel kernel() {
        return new Loop(this);
    }

    @Override
    public void composed(Tensor parameter, Tensor gradient, Tensor... buffers) {
        Tensor g = coupledDecay == 0 ? gradient : gradient.copy().addInPlace(parameter, coupledDecay);
        Tensor m = buffers[0].timesInPlace(keep).addInPlace(g, take);
        if (shrink != 1) {
            parameter.timesInPlace(shrink);
        }
        if (gradientWeight != 0) {
            parameter.addInPlace(g, -gradientWeight);
        }
        parameter.addInPlace(m, -momentumWeight);
    }

    /** The update over vectors. */
    private record Loop(MomentumUpdate update) implements Kernel {
        @Override
        public void run(MemorySegment[] streams, long from, long to, int row) {
            MemorySegment weights = streams[0];
            MemorySegment gradients = streams[1];
            MemorySegment momenta = streams[2];
            float kept = (float) update.keep;
            float taken = (float) update.take;
            float byMomentum = (float) update.momentumWeight;
            float byGradient = (float) update.gradientWeight;
            float coupled = (float) update.coupledDecay;
            float left = (float) update.shrink;
            for (long at = from; at < to; at += Lanes.STEP) {
                FloatVector w = Lanes.load(weights, at);
                FloatVector g = Lanes.load(gradients, at).add(w.mul(coupled));
                FloatVector m = Lanes.load(momenta, at).mul(kept).add(g.mul(taken));
                Lanes.store(m, momenta, at);
                FloatVector step = m.mul(byMomentum).add(g.mul(byGradient));
                Lanes.store(w.mul(left).sub(step), weights, at);
            }
        }
    }
}
