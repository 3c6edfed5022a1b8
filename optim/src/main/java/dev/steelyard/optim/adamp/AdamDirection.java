package dev.steelyard.optim.adamp;

import static dev.steelyard.optim.kernel.BlockPass.BLOCK;
import static dev.steelyard.optim.kernel.BlockPass.DIRECTION;

/**
 * AdamP's update {@code n / (sqrt(s) rootScale + eps)} with the numerator {@code n = m}, or {@code beta1 m + (1 - beta1)
 * g} with Nesterov.
 *
 * @param rootScale {@code 1 / sqrt(1 - beta2^k)} at step k
 */
record AdamDirection(double beta1, double beta2, double eps, double rootScale, boolean nesterov) implements Direction {

    @Override
    public void advance(float[] block, int length) {
        float keep1 = (float) beta1;
        float take1 = (float) (1 - beta1);
        float keep2 = (float) beta2;
        float take2 = (float) (1 - beta2);
        for (int i = 0; i < length; i++) {
            block[2 * BLOCK + i] = keep1 * block[2 * BLOCK + i] + take1 * block[BLOCK + i];
        }
        for (int i = 0; i < length; i++) {
            float g = block[BLOCK + i];
            block[3 * BLOCK + i] = keep2 * block[3 * BLOCK + i] + take2 * (g * g);
        }
        again(block, length);
    }

    @Override
    public void again(float[] block, int length) {
        float small = (float) eps;
        float scale = (float) rootScale;
        if (!nesterov) {
            for (int i = 0; i < length; i++) {
                block[DIRECTION + i] = block[2 * BLOCK + i] / ((float) Math.sqrt(block[3 * BLOCK + i]) * scale + small);
            }
            return;
        }
        float keep1 = (float) beta1;
        float take1 = (float) (1 - beta1);
        for (int i = 0; i < length; i++) {
            float ahead = keep1 * block[2 * BLOCK + i] + take1 * block[BLOCK + i];
            block[DIRECTION + i] = ahead / ((float) Math.sqrt(block[3 * BLOCK + i]) * scale + small);
        }
    }

    @Override
    public boolean readsGradientAgain() {
        return nesterov;
    }
}
