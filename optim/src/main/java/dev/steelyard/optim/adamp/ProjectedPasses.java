package dev.steelyard.optim.adamp;

import static dev.steelyard.optim.kernel.BlockPass.BLOCK;
import static dev.steelyard.optim.kernel.BlockPass.DIRECTION;
import static dev.steelyard.optim.kernel.BlockPass.FACTORS;

import dev.steelyard.optim.kernel.BlockPass;
import dev.steelyard.optim.kernel.OnePass;
import dev.steelyard.torch.Tensor;
import java.util.Arrays;

/**
 * A projected step over float32 memory. The first pass advances the buffers and gathers the inner products, the second
 * computes the update again, takes off its part along the weight and moves the weight: nothing of the weight's size is
 * allocated. What cannot be projected takes one pass.
 *
 * @param direction the update
 * @param projection the test
 * @param learningRate factor of the update, bias correction included
 * @param shrinkProjected factor of the weight before the step if the update was projected
 * @param shrink the same if it was not
 */
record ProjectedPasses(
        Direction direction, Projection projection, double learningRate, double shrinkProjected, double shrink) {

    /** Whether these tensors can be gone through. */
    static boolean fit(Tensor weight, Tensor gradient, Tensor... buffers) {
        boolean fit = OnePass.fits(weight) && OnePass.fits(gradient);
        for (Tensor buffer : buffers) {
            fit &= OnePass.fits(buffer);
        }
        return fit;
    }

    /** Makes the step and tells by which view it was projected. */
    View step(Tensor weight, Tensor gradient, Tensor... buffers) {
        Tensor[] streams = new Tensor[buffers.length + 2];
        streams[0] = weight;
        streams[1] = gradient;
        System.arraycopy(buffers, 0, streams, 2, buffers.length);
        if (weight.dimensions() < 2 || weight.count() == 0 || projection.delta() == 0) {
            writingBuffers(new BlockPass(streams), buffers.length).writing(0).run((block, start, length) -> {
                direction.advance(block, length);
                move(block, length, shrink);
            });
            return View.NONE;
        }
        int rows = Math.toIntExact(weight.size(0));
        long rowLength = weight.count() / rows;
        RowProducts products = new RowProducts(projection, rows, rowLength);
        writingBuffers(new BlockPass(streams), buffers.length).runByRows(rowLength, (block, start, length) -> {
            direction.advance(block, length);
            products.add(block, length);
        });
        View view = products.view();
        if (!direction.readsGradientAgain()) {
            streams[1] = null;
        }
        BlockPass second = new BlockPass(streams).writing(0);
        if (view == View.NONE) {
            second.run((block, start, length) -> {
                direction.again(block, length);
                move(block, length, shrink);
            });
        } else {
            boolean replaces = direction.replacesBuffer();
            (replaces ? second.writing(2) : second).runByRows(rowLength, (block, start, length) -> {
                direction.again(block, length);
                for (int from = 0; from < length; from += (int) Math.min(rowLength, BLOCK)) {
                    float factor = (float) products.factor(view, (int) ((start + from) / rowLength));
                    int to = (int) Math.min(length, from + rowLength);
                    Arrays.fill(block, FACTORS + from, FACTORS + to, factor);
                }
                for (int i = 0; i < length; i++) {
                    block[DIRECTION + i] -= block[FACTORS + i] * block[i];
                }
                if (replaces) {
                    System.arraycopy(block, DIRECTION, block, 2 * BLOCK, length);
                }
                move(block, length, shrinkProjected);
            });
        }
        return view;
    }

    private static BlockPass writingBuffers(BlockPass pass, int buffers) {
        for (int i = 0; i < buffers; i++) {
            pass.writing(i + 2);
        }
        return pass;
    }

    private void move(float[] block, int length, double factor) {
        float rate = (float) learningRate;
        float left = (float) factor;
        for (int i = 0; i < length; i++) {
            block[i] = left * block[i] - rate * block[DIRECTION + i];
        }
    }
}
