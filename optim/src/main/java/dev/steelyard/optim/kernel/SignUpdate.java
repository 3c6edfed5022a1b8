package dev.steelyard.optim.kernel;

import dev.steelyard.torch.Tensor;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/**
 * {@code w = shrink w - learningRate sign(g)}; no buffer.
 *
 * @param learningRate length of the step in each element
 * @param shrink factor of the parameter before the step
 */
public record SignUpdate(double learningRate, double shrink) implements ElementwiseUpdate {

    @Override
    public Kernel kernel() {
        return new Loop(this);
    }

    @Override
    public void composed(Tensor parameter, Tensor gradient, Tensor... buffers) {
        if (shrink != 1) {
            parameter.timesInPlace(shrink);
        }
        parameter.addInPlace(gradient.sign(), -learningRate);
    }

    /** The update over vectors. */
    private record Loop(SignUpdate update) implements Kernel {
        @Override
        public void run(MemorySegment[] streams, long from, long to, int row) {
            MemorySegment weights = streams[0];
            MemorySegment gradients = streams[1];
            float rate = (float) update.learningRate;
            float left = (float) update.shrink;
            for (long at = from; at < to; at += Lanes.STEP) {
                FloatVector step = Lanes.sign(Lanes.load(gradients, at)).mul(rate);
                Lanes.store(Lanes.load(weights, at).mul(left).sub(step), weights, at);
            }
        }
    }
}
