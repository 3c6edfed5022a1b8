package dev.steelyard.ranking.dla;

import java.util.Arrays;

/**
 * The two dual losses of a batch and their gradients. With R = softmax of a list's scores and P = softmax of the places'
 * logits, a click at place k counts P_1/P_k in the ranking loss and R_1/R_k in the examination loss; these weights are
 * constants to the gradients.
 *
 * @param rankLoss L_r, mean over weighted clicks
 * @param examinationLoss L_e, likewise
 * @param scoreGradients per list and document
 * @param logitGradient per place
 */
public record DualLosses(double rankLoss, double examinationLoss, double[][] scoreGradients, double[] logitGradient) {

    /** Ratios beyond e^20 are cut. */
    private static final double LARGEST_EXPONENT = 20;

    /**
     * Computes them.
     *
     * @param scores per list, in the order shown; lists may be shorter than there are places
     * @param logits g, per place
     * @param clicks per list and document
     * @param largestWeight cut of P_1/P_k; infinite for none
     * @throws IllegalArgumentException if no list has a click, or a score or logit is NaN; the message names the list
     */
    public static DualLosses of(double[][] scores, double[] logits, boolean[][] clicks, double largestWeight) {
        requireNumbers(scores, logits);
        double[] ipw = new double[logits.length];
        for (int k = 0; k < ipw.length; k++) {
            ipw[k] = Math.min(largestWeight, ratio(logits[0] - logits[k]));
        }
        double[][] rankWeights = new double[scores.length][];
        double[][] examinationWeights = new double[scores.length][];
        for (int b = 0; b < scores.length; b++) {
            int n = scores[b].length;
            rankWeights[b] = new double[n];
            examinationWeights[b] = new double[n];
            for (int k = 0; k < n; k++) {
                if (clicks[b][k]) {
                    rankWeights[b][k] = ipw[k];
                    examinationWeights[b][k] = ratio(scores[b][0] - scores[b][k]);
                }
            }
        }
        double[][] logitsOfLists = new double[scores.length][];
        for (int b = 0; b < scores.length; b++) {
            logitsOfLists[b] = Arrays.copyOf(logits, scores[b].length);
        }
        SoftmaxLoss rank = SoftmaxLoss.of(scores, rankWeights);
        SoftmaxLoss examination = SoftmaxLoss.of(logitsOfLists, examinationWeights);
        double[] logitGradient = new double[logits.length];
        for (double[] ofList : examination.gradients()) {
            for (int k = 0; k < ofList.length; k++) {
                logitGradient[k] += ofList[k];
            }
        }
        return new DualLosses(rank.loss(), examination.loss(), rank.gradients(), logitGradient);
    }

    /** exp of a difference of logits, cut so that nothing overflows. */
    static double ratio(double difference) {
        return Math.exp(Math.clamp(difference, -LARGEST_EXPONENT, LARGEST_EXPONENT));
    }

    private static void requireNumbers(double[][] scores, double[] logits) {
        for (double logit : logits) {
            if (!Double.isFinite(logit)) {
                throw new IllegalArgumentException("a place's logit is " + logit + "; lower the propensity rate");
            }
        }
        for (int b = 0; b < scores.length; b++) {
            if (scores[b].length > logits.length) {
                throw new IllegalArgumentException("list " + b + " has " + scores[b].length
                        + " documents, but there are " + logits.length + " places; cut it first");
            }
            for (double score : scores[b]) {
                if (!Double.isFinite(score)) {
                    throw new IllegalArgumentException("a score of list " + b + " of the batch is " + score
                            + "; look for NaN in its features, or lower the learning rate");
                }
            }
        }
    }
}
