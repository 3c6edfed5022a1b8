package dev.steelyard.optim.kernel;

import dev.steelyard.torch.Tensor;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/**
 * Adam's update with its coefficients worked out for one step; buffers are the first and the second moment.
 *
 * <pre>
 * g = g + coupledDecay w
 * m = beta1 m + (1 - beta1) g;  v = beta2 v + (1 - beta2) g^2
 * w = shrink w - stepSize m / (sqrt(v) rootScale + eps)
 * </pre>
 *
 * @param beta1 decay of the first moment
 * @param beta2 decay of the second moment
 * @param eps added to the root
 * @param stepSize {@code learningRate / (1 - beta1^k)} at step k
 * @param rootScale {@code 1 / sqrt(1 - beta2^k)} at step k
 * @param coupledDecay factor of the parameter in its gradient
 * @param shrink factor of the parameter before the step
 */
public record AdamUpdate(
        double beta1, double beta2, double eps, double stepSize, double rootScale, double coupledDecay, double shrink)
        implements ElementwiseUpdate {

    /** The coefficients of step {@code step}, counted from 1. */
    public static AdamUpdate atStep(
            long step,
            double learningRate,
            double beta1,
            double beta2,
            double eps,
            double coupledDecay,
            double decoupledDecay) {
        return shrinkingAtStep(step, learningRate, beta1, beta2, eps, coupledDecay, 1 - learningRate * decoupledDecay);
    }

    /** The coefficients of step {@code step}, counted from 1, where the decay is of another learning rate. */
    public static AdamUpdate shrinkingAtStep(
            long step,
            double learningRate,
            double beta1,
            double beta2,
            double eps,
            double coupledDecay,
            double shrink) {
        return new AdamUpdate(
                beta1,
                beta2,
                eps,
                learningRate / (1 - Math.pow(beta1, step)),
                1 / Math.sqrt(1 - Math.pow(beta2, step)),
                coupledDecay,
                shrink);
    }

    @Override
    public Kernel kernel() {
        return new Loop(this);
    }

    @Override
    public void composed(Tensor parameter, Tensor gradient, Tensor... buffers) {
        Tensor g = coupledDecay == 0 ? gradient : gradient.copy().addInPlace(parameter, coupledDecay);
        Tensor m = buffers[0].timesInPlace(beta1).addInPlace(g, 1 - beta1);
        Tensor v = buffers[1].timesInPlace(beta2).addProductInPlace(g, g, 1 - beta2);
        if (shrink != 1) {
            parameter.timesInPlace(shrink);
        }
        Tensor denominator = v.sqrt().timesInPlace(rootScale).addInPlace(eps);
        parameter.addQuotientInPlace(m, denominator, -stepSize);
    }

    /** The update over vectors. */
    private record Loop(AdamUpdate update) implements Kernel {
        @Override
        public void run(MemorySegment[] streams, long from, long to, int row) {
            MemorySegment weights = streams[0];
            MemorySegment gradients = streams[1];
            MemorySegment first = streams[2];
            MemorySegment second = streams[3];
            float keep1 = (float) update.beta1;
            float take1 = (float) (1 - update.beta1);
            float keep2 = (float) update.beta2;
            float take2 = (float) (1 - update.beta2);
            float small = (float) update.eps;
            float size = (float) update.stepSize;
            float scale = (float) update.rootScale;
            float coupled = (float) update.coupledDecay;
            float left = (float) update.shrink;
            for (long at = from; at < to; at += Lanes.STEP) {
                FloatVector w = Lanes.load(weights, at);
                FloatVector g = Lanes.load(gradients, at).add(w.mul(coupled));
                FloatVector m = Lanes.load(first, at).mul(keep1).add(g.mul(take1));
                FloatVector v = Lanes.load(second, at).mul(keep2).add(g.mul(g).mul(take2));
                Lanes.store(m, first, at);
                Lanes.store(v, second, at);
                FloatVector step = m.mul(size).div(v.sqrt().mul(scale).add(small));
                Lanes.store(w.mul(left).sub(step), weights, at);
            }
        }
    }
}
