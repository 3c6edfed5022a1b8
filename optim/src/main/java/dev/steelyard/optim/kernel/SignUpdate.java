package dev.steelyard.optim.kernel;

import dev.steelyard.torch.Tensor;

/**
 * {@code w = shrink w - learningRate sign(g)}; no buffer.
 *
 * @param learningRate length of the step in each element
 * @param shrink factor of the parameter before the step
 */
public record SignUpdate(double learningRate, double shrink) implements ElementwiseUpdate {

    @Override
    public void block(float[] block, int length) {
        float rate = (float) learningRate;
        float left = (float) shrink;
        for (int i = 0; i < length; i++) {
            block[i] = left * block[i] - rate * (Math.signum(block[OnePass.BLOCK + i]) + 0f);
        }
    }

    @Override
    public void composed(Tensor parameter, Tensor gradient, Tensor... buffers) {
        if (shrink != 1) {
            parameter.timesInPlace(shrink);
        }
        parameter.addInPlace(gradient.sign(), -learningRate);
    }
}
