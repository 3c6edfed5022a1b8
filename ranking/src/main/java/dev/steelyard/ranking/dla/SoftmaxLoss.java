package dev.steelyard.ranking.dla;

import java.util.Arrays;

/**
 * The weighted softmax loss of a batch: minus the sum of weight times log softmax, over the sum of weights.
 *
 * @param loss mean over the weights
 * @param gradients per list and document
 */
public record SoftmaxLoss(double loss, double[][] gradients) {

    /**
     * Computes it.
     *
     * @param scores per list
     * @param weights per list and document, at least 0
     * @throws IllegalArgumentException if all weights are 0
     */
    public static SoftmaxLoss of(double[][] scores, double[][] weights) {
        ListBatch lists = new ListBatch();
        for (int b = 0; b < scores.length; b++) {
            lists.add(new double[scores[b].length][], weights[b]);
        }
        double[] flatScores = new double[lists.documents()];
        for (int b = 0; b < scores.length; b++) {
            System.arraycopy(scores[b], 0, flatScores, lists.from(b), scores[b].length);
        }
        double[] flat = new double[lists.documents()];
        double loss = compute(lists, flatScores, flat);
        double[][] gradients = new double[scores.length][];
        for (int b = 0; b < scores.length; b++) {
            gradients[b] = Arrays.copyOfRange(flat, lists.from(b), lists.from(b + 1));
        }
        return new SoftmaxLoss(loss, gradients);
    }

    /** The loss, weights standing as the lists' clicks, and its gradient by the scores, which is overwritten. */
    static double compute(ListBatch lists, double[] scores, double[] gradient) {
        double total = 0;
        for (int k = 0; k < lists.documents(); k++) {
            total += lists.clicks()[k];
        }
        if (!(total > 0)) {
            throw new IllegalArgumentException("no list of the batch has a click; such batches teach nothing");
        }
        double[] ones = lists.ones();
        double loss = 0;
        for (int b = 0; b < lists.lists(); b++) {
            loss += ClickLoss.SOFTMAX.add(scores, lists.clicks(), ones, lists.from(b), lists.from(b + 1), gradient);
        }
        for (int k = 0; k < lists.documents(); k++) {
            gradient[k] /= total;
        }
        return loss / total;
    }

    /** The logarithms of the softmax. */
    public static double[] logSoftmax(double[] scores) {
        double largest = Double.NEGATIVE_INFINITY;
        for (double score : scores) {
            largest = Math.max(largest, score);
        }
        double sum = 0;
        for (double score : scores) {
            sum += Math.exp(score - largest);
        }
        double normaliser = largest + Math.log(sum);
        double[] logSoftmax = new double[scores.length];
        for (int k = 0; k < logSoftmax.length; k++) {
            logSoftmax[k] = scores[k] - normaliser;
        }
        return logSoftmax;
    }
}
