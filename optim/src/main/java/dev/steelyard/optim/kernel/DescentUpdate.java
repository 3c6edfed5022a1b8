package dev.steelyard.optim.kernel;

import dev.steelyard.torch.Tensor;

/**
 * {@code w = shrink w - learningRate g}; no buffer.
 *
 * @param learningRate factor of the gradient
 * @param shrink factor of the parameter
 */
public record DescentUpdate(double learningRate, double shrink) implements ElementwiseUpdate {

    @Override
    public void block(float[] block, int length) {
        float rate = (float) learningRate;
        float left = (float) shrink;
        for (int i = 0; i < length; i++) {
            block[i] = left * block[i] - rate * block[OnePass.BLOCK + i];
        }
    }

    @Override
    public void composed(Tensor parameter, Tensor gradient, Tensor... buffers) {
        if (shrink != 1) {
            parameter.timesInPlace(shrink);
        }
        parameter.addInPlace(gradient, -learningRate);
    }
}
