package dev.steelyard.optim.adamp;

import static dev.steelyard.optim.kernel.BlockPass.BLOCK;
import static dev.steelyard.optim.kernel.BlockPass.DIRECTION;

/**
 * SGDP's update: the buffer {@code v = momentum v + (1 - dampening) g}, or {@code g + momentum v} with Nesterov. Without
 * momentum there is no buffer and v is {@code (1 - dampening) g}.
 */
record MomentumDirection(double momentum, double dampening, boolean nesterov, boolean projectBuffer)
        implements Direction {

    @Override
    public void advance(float[] block, int length) {
        if (momentum != 0) {
            float keep = (float) momentum;
            float take = (float) (1 - dampening);
            for (int i = 0; i < length; i++) {
                block[2 * BLOCK + i] = keep * block[2 * BLOCK + i] + take * block[BLOCK + i];
            }
        }
        again(block, length);
    }

    @Override
    public void again(float[] block, int length) {
        if (momentum == 0) {
            float take = nesterov ? 1 : (float) (1 - dampening);
            for (int i = 0; i < length; i++) {
                block[DIRECTION + i] = take * block[BLOCK + i];
            }
        } else if (nesterov) {
            float ahead = (float) momentum;
            for (int i = 0; i < length; i++) {
                block[DIRECTION + i] = block[BLOCK + i] + ahead * block[2 * BLOCK + i];
            }
        } else {
            System.arraycopy(block, 2 * BLOCK, block, DIRECTION, length);
        }
    }

    @Override
    public boolean readsGradientAgain() {
        return nesterov || momentum == 0;
    }

    @Override
    public boolean replacesBuffer() {
        return projectBuffer && !nesterov && momentum != 0;
    }
}
