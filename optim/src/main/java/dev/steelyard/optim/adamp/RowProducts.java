package dev.steelyard.optim.adamp;

import static dev.steelyard.optim.kernel.BlockPass.BLOCK;
import static dev.steelyard.optim.kernel.BlockPass.DIRECTION;
import static dev.steelyard.optim.kernel.BlockPass.TERMS;

import dev.steelyard.optim.kernel.BlockPass;
import dev.steelyard.optim.kernel.LaneSum;
import java.util.Arrays;

/** The inner products of weight, gradient and update that a projection needs, row by row, gathered in one pass. */
final class RowProducts {

    private static final int LANES = LaneSum.LANES;

    private final Projection projection;
    private final long rowLength;

    /** What is to be taken off along a row, in units of the row's weights: {@code <w, p> / (|w| + eps)^2}. */
    private final double[] factors;

    private double largestCosine;
    private double layerGradientWeight;
    private double layerGradient;
    private double layerWeight;
    private double layerWeightUpdate;

    private int row;
    private long filled;
    private double gradientWeight;
    private double gradient;
    private double weight;
    private double weightUpdate;

    RowProducts(Projection projection, int rows, long rowLength) {
        this.projection = projection;
        this.rowLength = rowLength;
        factors = new double[rows];
    }

    /** Takes in a block: part of a row, or some whole rows. */
    void add(float[] block, int length) {
        if (!BlockPass.sharesBlocks(rowLength)) {
            addPart(block, length);
            filled += length;
            if (filled == rowLength) {
                endRow();
            }
            return;
        }
        for (int start = 0; start < length; start += (int) rowLength) {
            for (int i = start; i < start + rowLength; i++) {
                double w = block[i];
                double g = block[BLOCK + i];
                gradientWeight += g * w;
                gradient += g * g;
                weight += w * w;
                weightUpdate += w * block[DIRECTION + i];
            }
            endRow();
        }
    }

    /**
     * Six products to a lane; past the end all streams are 0. The loops differ in nothing but their streams, and are
     * written out because only constant offsets let them become vector instructions.
     */
    private void addPart(float[] block, int length) {
        for (int stream : new int[] {0, BLOCK, DIRECTION}) {
            Arrays.fill(block, stream + length, stream + BLOCK, 0f);
        }
        for (int i = 0; i < LANES; i++) {
            block[TERMS + i] = block[i] * block[BLOCK + i]
                    + block[LANES + i] * block[BLOCK + LANES + i]
                    + (block[2 * LANES + i] * block[BLOCK + 2 * LANES + i]
                            + block[3 * LANES + i] * block[BLOCK + 3 * LANES + i])
                    + (block[4 * LANES + i] * block[BLOCK + 4 * LANES + i]
                            + block[5 * LANES + i] * block[BLOCK + 5 * LANES + i]);
        }
        gradientWeight += LaneSum.ofLanes(block);
        for (int i = 0; i < LANES; i++) {
            block[TERMS + i] = block[BLOCK + i] * block[BLOCK + i]
                    + block[BLOCK + LANES + i] * block[BLOCK + LANES + i]
                    + (block[BLOCK + 2 * LANES + i] * block[BLOCK + 2 * LANES + i]
                            + block[BLOCK + 3 * LANES + i] * block[BLOCK + 3 * LANES + i])
                    + (block[BLOCK + 4 * LANES + i] * block[BLOCK + 4 * LANES + i]
                            + block[BLOCK + 5 * LANES + i] * block[BLOCK + 5 * LANES + i]);
        }
        gradient += LaneSum.ofLanes(block);
        for (int i = 0; i < LANES; i++) {
            block[TERMS + i] = block[i] * block[i]
                    + block[LANES + i] * block[LANES + i]
                    + (block[2 * LANES + i] * block[2 * LANES + i] + block[3 * LANES + i] * block[3 * LANES + i])
                    + (block[4 * LANES + i] * block[4 * LANES + i] + block[5 * LANES + i] * block[5 * LANES + i]);
        }
        weight += LaneSum.ofLanes(block);
        for (int i = 0; i < LANES; i++) {
            block[TERMS + i] = block[i] * block[DIRECTION + i]
                    + block[LANES + i] * block[DIRECTION + LANES + i]
                    + (block[2 * LANES + i] * block[DIRECTION + 2 * LANES + i]
                            + block[3 * LANES + i] * block[DIRECTION + 3 * LANES + i])
                    + (block[4 * LANES + i] * block[DIRECTION + 4 * LANES + i]
                            + block[5 * LANES + i] * block[DIRECTION + 5 * LANES + i]);
        }
        weightUpdate += LaneSum.ofLanes(block);
    }

    private void endRow() {
        largestCosine = Math.max(largestCosine, cosine(gradientWeight, gradient, weight));
        factors[row] = factor(weightUpdate, weight);
        layerGradientWeight += gradientWeight;
        layerGradient += gradient;
        layerWeight += weight;
        layerWeightUpdate += weightUpdate;
        row++;
        filled = 0;
        gradientWeight = 0;
        gradient = 0;
        weight = 0;
        weightUpdate = 0;
    }

    private double cosine(double product, double first, double second) {
        return Math.abs(product) / Math.max(Math.sqrt(first) * Math.sqrt(second), projection.eps());
    }

    private double factor(double product, double squares) {
        double length = Math.sqrt(squares) + projection.eps();
        return product / (length * length);
    }

    /** The first view whose rows all stand at right angles to the gradient; all rows must have been taken in. */
    View view() {
        if (largestCosine < projection.threshold(rowLength)) {
            return View.CHANNEL;
        }
        double cosine = cosine(layerGradientWeight, layerGradient, layerWeight);
        return cosine < projection.threshold(rowLength * factors.length) ? View.LAYER : View.NONE;
    }

    /** What is to be taken off along the weights of a row under a view. */
    double factor(View view, int ofRow) {
        return switch (view) {
            case NONE -> 0;
            case CHANNEL -> factors[ofRow];
            case LAYER -> factor(layerWeightUpdate, layerWeight);
        };
    }
}
