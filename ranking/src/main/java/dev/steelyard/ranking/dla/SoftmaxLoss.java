package dev.steelyard.ranking.dla;

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
        double total = 0;
        for (double[] list : weights) {
            for (double weight : list) {
                total += weight;
            }
        }
        if (!(total > 0)) {
            throw new IllegalArgumentException("no list of the batch has a click; such batches teach nothing");
        }
        double loss = 0;
        double[][] gradients = new double[scores.length][];
        for (int b = 0; b < scores.length; b++) {
            double[] logSoftmax = logSoftmax(scores[b]);
            double ofList = 0;
            for (double weight : weights[b]) {
                ofList += weight;
            }
            gradients[b] = new double[logSoftmax.length];
            for (int k = 0; k < logSoftmax.length; k++) {
                loss -= weights[b][k] == 0 ? 0 : weights[b][k] * logSoftmax[k];
                gradients[b][k] = ofList == 0 ? 0 : (Math.exp(logSoftmax[k]) * ofList - weights[b][k]) / total;
            }
        }
        return new SoftmaxLoss(loss / total, gradients);
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
