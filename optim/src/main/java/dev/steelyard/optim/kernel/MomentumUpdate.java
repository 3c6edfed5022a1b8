package dev.steelyard.optim.kernel;

import dev.steelyard.torch.Tensor;

/**
 * Gradient descent with a momentum buffer.
 *
 * <pre>
 * g = g + coupledDecay w
 * m = keep m + take g
 * w = w - learningRate (nesterov ? g + momentum m : m)
 * </pre>
 *
 * @param keep factor of the momentum
 * @param take factor of the gradient in the momentum
 * @param momentumWeight factor of the new momentum in the step
 * @param gradientWeight factor of the gradient in the step
 * @param coupledDecay factor of the parameter in its gradient
 */
public record MomentumUpdate(
        double keep, double take, double momentumWeight, double gradientWeight, double coupledDecay)
        implements ElementwiseUpdate {

    @Override
    public void block(float[] block, int length) {
        float kept = (float) keep;
        float taken = (float) take;
        float byMomentum = (float) momentumWeight;
        float byGradient = (float) gradientWeight;
        float coupled = (float) coupledDecay;
        for (int i = 0; i < length; i++) {
            float w = block[i];
            float g = block[OnePass.BLOCK + i] + coupled * w;
            float m = kept * block[2 * OnePass.BLOCK + i] + taken * g;
            block[2 * OnePass.BLOCK + i] = m;
            block[i] = w - (byMomentum * m + byGradient * g);
        }
    }

    @Override
    public void composed(Tensor parameter, Tensor gradient, Tensor... buffers) {
        Tensor g = coupledDecay == 0 ? gradient : gradient.copy().addInPlace(parameter, coupledDecay);
        Tensor m = buffers[0].timesInPlace(keep).addInPlace(g, take);
        if (gradientWeight != 0) {
            parameter.addInPlace(g, -gradientWeight);
        }
        parameter.addInPlace(m, -momentumWeight);
    }
}
