package dev.steelyard.optim.kernel;

import dev.steelyard.torch.Tensor;

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
    public void block(float[] block, int length) {
        float keep1 = (float) beta1;
        float take1 = (float) (1 - beta1);
        float keep2 = (float) beta2;
        float take2 = (float) (1 - beta2);
        float rate = (float) learningRate;
        float left = (float) shrink;
        // Two loops, since C2 does not vectorise one in which a loaded value goes into two products.
        for (int i = 0; i < length; i++) {
            float c = keep1 * block[2 * OnePass.BLOCK + i] + take1 * block[OnePass.BLOCK + i];
            block[i] = left * block[i] - rate * (Math.signum(c) + 0f);
        }
        for (int i = 0; i < length; i++) {
            block[2 * OnePass.BLOCK + i] = keep2 * block[2 * OnePass.BLOCK + i] + take2 * block[OnePass.BLOCK + i];
        }
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
}
