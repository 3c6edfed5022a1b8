package dev.steelyard.optim.kernel;

import dev.steelyard.torch.Tensor;

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
    public void block(float[] block, int length) {
        float kept = (float) keep;
        float taken = (float) take;
        float byMomentum = (float) momentumWeight;
        float byGradient = (float) gradientWeight;
        float coupled = (float) coupledDecay;
        float left = (float) shrink;
        for (int i = 0; i < length; i++) {
            block[OnePass.BLOCK + i] += coupled * block[i];
        }
        for (int i = 0; i < length; i++) {
            float m = kept * block[2 * OnePass.BLOCK + i] + taken * block[OnePass.BLOCK + i];
            block[2 * OnePass.BLOCK + i] = m;
        }
        for (int i = 0; i < length; i++) {
            float move = byMomentum * block[2 * OnePass.BLOCK + i] + byGradient * block[OnePass.BLOCK + i];
            block[i] = left * block[i] - move;
        }
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
}
