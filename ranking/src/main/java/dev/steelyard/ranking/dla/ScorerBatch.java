package dev.steelyard.ranking.dla;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A batch of documents through a perceptron: scores forward, gradient back. Blocks of documents may be computed by several
 * threads; their gradients are added in the blocks' order, so that the result does not depend on how many there are.
 */
final class ScorerBatch {

    /** Products below which threads cost more than they save. */
    private static final long WORTH_THREADS = 4_000_000;

    private final MultilayerPerceptron scorer;
    private final double[] gradient;
    private LayerBlock[] blocks = {};
    private double[][] ofBlocks = {};
    private int documents;

    ScorerBatch(MultilayerPerceptron scorer) {
        this.scorer = scorer;
        this.gradient = new double[scorer.parameters().length];
    }

    /** Writes a score for each of the first documents. */
    void forward(double[][] features, int count, double[] scores) {
        documents = count;
        int needed = Math.ceilDiv(count, LayerBlock.ROWS);
        for (int b = blocks.length; b < needed; b++) {
            blocks = Arrays.copyOf(blocks, b + 1);
            blocks[b] = new LayerBlock(scorer, LayerBlock.ROWS);
        }
        if (isWorthThreads()) {
            IntStream.range(0, needed).parallel().forEach(b -> forward(b, features, scores));
        } else {
            for (int b = 0; b < needed; b++) {
                forward(b, features, scores);
            }
        }
    }

    private void forward(int block, double[][] features, double[] scores) {
        int from = block * LayerBlock.ROWS;
        blocks[block].forward(features, from, Math.min(LayerBlock.ROWS, documents - from), scores);
    }

    private boolean isWorthThreads() {
        return documents > LayerBlock.ROWS && (long) documents * gradient.length >= WORTH_THREADS;
    }

    /** The gradient for the documents of the last {@link #forward}; valid until the next call. */
    double[] gradient(double[] scoreGradients) {
        Arrays.fill(gradient, 0);
        int needed = Math.ceilDiv(documents, LayerBlock.ROWS);
        int rooms = isWorthThreads() ? needed : 1;
        for (int b = ofBlocks.length; b < rooms; b++) {
            ofBlocks = Arrays.copyOf(ofBlocks, b + 1);
            ofBlocks[b] = new double[gradient.length];
        }
        if (isWorthThreads()) {
            IntStream.range(0, needed).parallel().forEach(b -> backward(b, scoreGradients, ofBlocks[b]));
        }
        for (int b = 0; b < needed; b++) {
            double[] ofBlock = ofBlocks[rooms == 1 ? 0 : b];
            if (!isWorthThreads()) {
                backward(b, scoreGradients, ofBlock);
            }
            for (int i = 0; i < gradient.length; i++) {
                gradient[i] += ofBlock[i];
            }
        }
        return gradient;
    }

    private void backward(int block, double[] scoreGradients, double[] into) {
        Arrays.fill(into, 0);
        blocks[block].backward(scoreGradients, block * LayerBlock.ROWS, into);
    }
}
