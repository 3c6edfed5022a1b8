package dev.steelyard.ranking.dla;

import java.util.Arrays;

/**
 * The two dual losses of a batch and their gradients. With R = softmax of a list's scores and P = softmax of the places'
 * logits, a click at place k counts P_1/P_k in the ranking loss and R_1/R_k in the examination loss; these weights are
 * constants to the gradients.
 *
 * @param rankLoss L_r, for softmax the mean over weighted clicks
 * @param examinationLoss L_e, likewise
 * @param scoreGradients per list and document
 * @param logitGradient per place
 */
public record DualLosses(double rankLoss, double examinationLoss, double[][] scoreGradients, double[] logitGradient) {

    /** The losses with softmax, as {@link #of(double[][], double[][], boolean[][], ClickLoss, double)}. */
    public static DualLosses of(double[][] scores, double[] logits, boolean[][] clicks, double largestWeight) {
        return of(scores, logits, clicks, ClickLoss.SOFTMAX, largestWeight);
    }

    /**
     * Computes them.
     *
     * @param scores per list, in the order shown; lists may be shorter than there are places
     * @param logits g, per place
     * @param clicks per list and document
     * @param loss softmax or the pointwise form
     * @param largestWeight cut of P_1/P_k; infinite for none
     * @throws IllegalArgumentException if no list has a click, or a score or logit is NaN; the message names the list
     */
    public static DualLosses of(
            double[][] scores, double[] logits, boolean[][] clicks, ClickLoss loss, double largestWeight) {
        ListBatch lists = new ListBatch();
        boolean clicked = false;
        for (int b = 0; b < scores.length; b++) {
            if (scores[b].length > logits.length) {
                throw new IllegalArgumentException("list " + b + " has " + scores[b].length
                        + " documents, but there are " + logits.length + " places; cut it first");
            }
            ClickedList list = new ClickedList(new double[scores[b].length][], clicks[b]);
            clicked |= list.isClicked();
            lists.add(list, scores[b].length);
        }
        if (!clicked) {
            throw new IllegalArgumentException("no list of the batch has a click; such batches teach nothing");
        }
        double[] flatScores = new double[lists.documents()];
        double[] flatLogits = new double[lists.documents()];
        for (int b = 0; b < scores.length; b++) {
            System.arraycopy(scores[b], 0, flatScores, lists.from(b), scores[b].length);
            System.arraycopy(logits, 0, flatLogits, lists.from(b), scores[b].length);
        }
        DualGradients gradients = new DualGradients(loss, largestWeight);
        gradients.compute(lists, flatScores, flatLogits);
        double[][] ofScores = new double[scores.length][];
        double[] ofPlaces = new double[logits.length];
        for (int b = 0; b < scores.length; b++) {
            ofScores[b] = Arrays.copyOfRange(gradients.ofScores, lists.from(b), lists.from(b + 1));
            for (int k = 0; k < scores[b].length; k++) {
                ofPlaces[k] += gradients.ofLogits[lists.from(b) + k];
            }
        }
        return new DualLosses(gradients.rankLoss, gradients.examinationLoss, ofScores, ofPlaces);
    }
}
