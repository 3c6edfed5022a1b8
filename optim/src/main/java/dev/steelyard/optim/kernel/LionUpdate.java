package dev.steelyard.optim.kernel;

import dev.steelyard.torch.Tensor;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/**
 * Lion's update; the buffer is the momentum.
 *
 * <pre>
 * c = beta1 m + (1 - beta1) g
 * w = shrink w - learningRate sign(c)
 * m = beta2 m + (1 - beta2) g
 * </pre>
 *
 * @param beta1 weight of the momentum in the direction
 * @param beta2 decay of the momentum
 * @param learningRate length of the step in each element
 * @param shrink factor of the parameter before the step
 */
public record LionUpdate(double beta1, double beta2, double learningRate, double shrink) implements ElementwiseUpdate {

    @Override
    public Kernel kernel() {
        return new Loop(this);
    }

    @Override
    public void composed(Tensor parameter, Tensor gradient, Tensor... buffers) {
        Tensor direction =
                buffers[0].times(beta1).addInPlace(gradient, 1 - beta1).sign();
        if (shrink != 1) {
            parameter.timesInPlace(shrink);
        }
        parameter.addInPlace(direction, -learningRate);
        buffers[0].timesInPlace(beta2).addInPlace(gradient, 1 - beta2);
    }

    /** The update over vectors. */
    private record Loop(LionUpdate update) implements Kernel {
        @Override
        public void run(MemorySegment[] streams, long from, long to, int row) {
            MemorySegment weights = streams[0];
            MemorySegment gradients = streams[1];
            MemorySegment momenta = streams[2];
            float keep1 = (float) update.beta1;
            float take1 = (float) (1 - update.beta1);
            float keep2 = (float) update.beta2;
            float take2 = (float) (1 - update.beta2);
            float rate = (float) update.learningRate;
            float left = (float) update.shrink;
            for (long at = from; at < to; at += Lanes.STEP) {
                FloatVector g = Lanes.load(gradients, at);
                FloatVector m = Lanes.load(momenta, at);
                FloatVector step = Lanes.sign(m.mul(keep1).add(g.mul(take1))).mul(rate);
                Lanes.store(m.mul(keep2).add(g.mul(take2)), momenta, at);
                Lanes.store(Lanes.load(weights, at).mul(left).sub(step), weights, at);
            }
        }
    }
}
